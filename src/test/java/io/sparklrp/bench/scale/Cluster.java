package io.sparklrp.bench.scale;

/**
 * Machines, and how they fail. Times in seconds; {@link Double#POSITIVE_INFINITY} for never.
 *
 * @param nodes machines, with one executor each
 * @param coresOfNode tasks at a time of each
 * @param slowShare share of nodes that are slow
 * @param slowFactor by which tasks take longer there
 * @param nodeMtbf mean time between failures of one node
 * @param driverMtbf mean time between failures of the driver
 * @param maxFailures of one task that end the job
 */
record Cluster(
    int nodes,
    int coresOfNode,
    double slowShare,
    double slowFactor,
    double nodeMtbf,
    double driverMtbf,
    int maxFailures) {
  /** All tasks at a time. */
  int cores() {
    return nodes * coresOfNode;
  }

  /** The first nodes are the slow ones. */
  double factor(int node) {
    return node < Math.round(slowShare * nodes) ? slowFactor : 1;
  }
}
