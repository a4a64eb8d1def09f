package io.sparklrp.graph.op;

/**
 * What an operator does, as far as whoever follows values through a graph must know. An operator
 * that does not say so does none of it.
 */
public enum Trait {
  /** Each element of the output depends on the inputs' elements at its place alone. */
  ELEMENTWISE,
  /** Affine in any one of its inputs, element by element. */
  AFFINE,
  /**
   * Linear, or as homogeneous, in the inputs that relevance goes to (products and quotients: where
   * there is one): {@link Operator#isLinear} says when.
   */
  LINEAR,
  /** Gives elements of the first input other places, and changes none. */
  MOVING,
  /** Each element of the output is a sum over many of the input. */
  SUMMING,
  /** A product of matrices, perhaps turned by {@code transA} and {@code transB}. */
  MATRIX_PRODUCT,
  /** Brings elements together along axes that {@code axes} or the second input name. */
  REDUCING,
  /** Divides rows by their own deviation or length. */
  NORMALISING,
  /** Each row of the last axes is made of that row of the first input alone. */
  ROW_BY_ROW,
  /** May be between a sum and the factor that normalises by it, beside what moves and scales. */
  OF_A_NORM,
  /** Axes stay what they are, but for elements that are picked along some of them. */
  KEEPING_AXES,
  /** All elements of the first input, in their order, or again and again. */
  KEEPING_ELEMENTS,
  /** All elements of the first input once, in their order: nothing is computed, and none made. */
  SAME_DATA,
  /** Picks some elements of the first input. */
  PICKING,
  /** Picks, or puts, by indices along several axes at once. */
  PICKING_BY_SEVERAL,
  /** Counts up. */
  COUNTING
}
