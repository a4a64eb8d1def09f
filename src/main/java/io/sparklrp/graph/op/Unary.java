package io.sparklrp.graph.op;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** A function of each element. */
class Unary extends Elementwise {
  private final Optional<DoubleUnaryOperator> function;

  private Unary(String name, Optional<DoubleUnaryOperator> function, Trait... traits) {
    super(name, traits);
    this.function = function;
  }

  /** A function that constants are computed by. */
  Unary(String name, DoubleUnaryOperator function, Trait... traits) {
    this(name, Optional.of(function), traits);
  }

  /** A function of which constants are left to the engine. */
  Unary(String name) {
    this(name, Optional.empty());
  }

  @Override
  public Optional<double[]> fold(Folding constants) {
    return function.map(f -> Arrays.stream(constants.numbers(0)).map(f).toArray());
  }
}
