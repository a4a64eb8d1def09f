package io.sparklrp.explain.flow;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The maximum flow between two nodes of a network of layers (Dinic 1970), where all of a layer's
 * nodes have an edge to all of the next one's.
 *
 * <p>Most flows end at a cut that is known before: all that leaves the source, or all that enters
 * the sink. Where a flow has reached the smaller one it is the largest, and no further path is
 * looked for.
 */
final class LayeredFlow {
  /** Flows smaller than this are rounding. */
  private static final double NOTHING = 1e-14;

  private final int layers;
  private final int rows;
  private final double[][] capacities;
  private final double[][] used;
  private final int[] depth;
  private final int[] arcs;
  private int sink;

  /**
   * A network.
   *
   * @param capacities of the edges between a layer's nodes and those of the layer below, row by
   *     row: [layers][rows * rows], the lowest first
   */
  LayeredFlow(double[][] capacities, int rows) {
    this.layers = capacities.length;
    this.rows = rows;
    this.capacities = capacities;
    this.used = new double[layers][rows * rows];
    this.depth = new int[(layers + 1) * rows];
    this.arcs = new int[(layers + 1) * rows];
  }

  /**
   * The most that can flow.
   *
   * @param from node of the highest layer
   * @param to node of the lowest
   */
  double maximum(int from, int to) {
    if (layers == 1) {
      return capacities[0][from * rows + to];
    }
    for (double[] layer : used) {
      Arrays.fill(layer, 0);
    }
    sink = to;
    int source = layers * rows + from;
    double bound = Math.min(leaving(from), entering(to));
    double flow = 0;
    while (bound - flow > NOTHING && reachesSink(source)) {
      Arrays.fill(arcs, 0);
      double pushed = push(source, bound - flow);
      while (pushed > NOTHING) {
        flow += pushed;
        pushed = bound - flow > NOTHING ? push(source, bound - flow) : 0;
      }
    }
    return flow;
  }

  private double leaving(int from) {
    double sum = 0;
    for (int to = 0; to < rows; to++) {
      sum += capacities[layers - 1][from * rows + to];
    }
    return sum;
  }

  private double entering(int to) {
    double sum = 0;
    for (int from = 0; from < rows; from++) {
      sum += capacities[0][from * rows + to];
    }
    return sum;
  }

  /** Tells how far nodes are from the source; whether the sink is among them. */
  private boolean reachesSink(int source) {
    Arrays.fill(depth, -1);
    depth[source] = 0;
    Deque<Integer> open = new ArrayDeque<>();
    open.add(source);
    while (!open.isEmpty() && depth[sink] < 0) {
      int node = open.remove();
      for (int arc = firstArc(node); arc < lastArc(node); arc++) {
        int other = other(node, arc);
        if (depth[other] < 0 && room(node, other) > NOTHING) {
          depth[other] = depth[node] + 1;
          open.add(other);
        }
      }
    }
    return depth[sink] >= 0;
  }

  /** Sends what it can along one path of nodes that are ever farther from the source. */
  private double push(int node, double limit) {
    if (node == sink) {
      return limit;
    }
    for (arcs[node] = Math.max(arcs[node], firstArc(node));
        arcs[node] < lastArc(node);
        arcs[node]++) {
      int other = other(node, arcs[node]);
      if (depth[other] == depth[node] + 1 && (depth[other] < depth[sink] || other == sink)) {
        double room = room(node, other);
        double pushed = room > NOTHING ? push(other, Math.min(limit, room)) : 0;
        if (pushed > NOTHING) {
          use(node, other, pushed);
          return pushed;
        }
      }
    }
    return 0;
  }

  /** Arcs of a node: the rows below it, then those above, where a flow can be taken back. */
  private int firstArc(int node) {
    return node / rows == 0 ? rows : 0;
  }

  private int lastArc(int node) {
    return node / rows == layers ? rows : 2 * rows;
  }

  private int other(int node, int arc) {
    int layer = node / rows;
    return arc < rows ? (layer - 1) * rows + arc : (layer + 1) * rows + arc - rows;
  }

  private double room(int node, int other) {
    return other < node - node % rows
        ? capacities[other / rows][edge(node, other)] - used[other / rows][edge(node, other)]
        : used[node / rows][edge(other, node)];
  }

  private void use(int node, int other, double flow) {
    if (other < node - node % rows) {
      used[other / rows][edge(node, other)] += flow;
    } else {
      used[node / rows][edge(other, node)] -= flow;
    }
  }

  private int edge(int upper, int lower) {
    return upper % rows * rows + lower % rows;
  }
}
