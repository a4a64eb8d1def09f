package io.sparklrp.graph;

import io.sparklrp.graph.op.OpInputs;
import java.util.HashMap;
import java.util.Map;

/**
 * Limits what the values of a graph take, before anything makes them: a few bytes of an untrusted
 * file can ask for terabytes. Dimensions that are not known count as 1.
 */
final class ValueSizes {
  /** A value that depends on records: more than any engine should be asked for. */
  static final long MOST_BYTES = 16L << 30;

  /** A value that is computed of constants, and all together what they grow by: as of a tensor. */
  static final long MOST_CONSTANT_BYTES = Integer.MAX_VALUE;

  private final Map<String, Double> constants = new HashMap<>();
  private double grown;

  void addConstant(Value value) {
    constants.put(value.name(), bytes(value));
  }

  void checkInput(Value value) {
    check("input " + value.name(), value, MOST_BYTES);
  }

  /** Checks what a node makes. */
  void checkMade(Value value, Node node, OpInputs read) {
    boolean isConstant = node.inputs().stream().allMatch(i -> i.isEmpty() || isConstant(i));
    String what = "node " + node.name() + " (" + node.qualifiedOp() + ")";
    check(what, value, isConstant ? MOST_CONSTANT_BYTES : MOST_BYTES);
    if (isConstant) {
      double bytes = bytes(value);
      constants.put(value.name(), bytes);
      double before = node.inputs().stream().mapToDouble(i -> constants.getOrDefault(i, 0.0)).sum();
      grown += Math.max(0, bytes - before);
      require(grown <= MOST_CONSTANT_BYTES, what, "with others makes constants", grown);
    }
  }

  private boolean isConstant(String name) {
    return constants.containsKey(name);
  }

  private static void check(String what, Value value, long most) {
    double bytes = bytes(value);
    require(bytes <= most, what, "makes a value of shape " + value.shape(), bytes);
  }

  private static void require(boolean holds, String what, String made, double bytes) {
    if (!holds) {
      throw new IllegalArgumentException(
          String.format("%s %s, which is too large: %.3g bytes or more", what, made, bytes));
    }
  }

  private static double bytes(Value value) {
    double bytes = value.type().bytes();
    for (Dim dim : value.shape().dims()) {
      bytes *= dim.factor();
    }
    return bytes;
  }
}
