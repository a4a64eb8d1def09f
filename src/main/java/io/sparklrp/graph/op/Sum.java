package io.sparklrp.graph.op;

/** {@code Sum} of one or more; importers write it as additions. */
final class Sum extends Binary {
  Sum() {
    super("Sum");
  }

  @Override
  int leastInputs() {
    return 1;
  }
}
