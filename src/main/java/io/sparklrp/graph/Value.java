package io.sparklrp.graph;

/**
 * A value that flows along the graph.
 *
 * @param name its name, unique in the graph
 * @param type type of its elements
 * @param shape its shape
 */
public record Value(String name, DataType type, Shape shape) {
  /** Number of dimensions. */
  public int rank() {
    return shape.rank();
  }

  @Override
  public String toString() {
    return name + ": " + type + shape;
  }
}
