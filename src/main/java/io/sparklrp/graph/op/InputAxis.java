package io.sparklrp.graph.op;

import java.util.List;

/**
 * An axis of an input.
 *
 * @param input which input
 * @param axis the axis, from the front
 */
public record InputAxis(int input, int axis) {
  /** Axes of the first input. */
  static List<InputAxis> ofFirst(List<Integer> axes) {
    return axes.stream().map(axis -> new InputAxis(0, axis)).toList();
  }

  /** An axis of the first input. */
  static List<InputAxis> ofFirst(int axis) {
    return List.of(new InputAxis(0, axis));
  }
}
