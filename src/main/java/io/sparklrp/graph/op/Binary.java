package io.sparklrp.graph.op;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/** A function of two elements, or of more, two at a time. */
class Binary extends Elementwise {
  private final Optional<DoubleBinaryOperator> function;

  private Binary(String name, Optional<DoubleBinaryOperator> function, Trait... traits) {
    super(name, traits);
    this.function = function;
  }

  /** A function that constants are computed by. */
  Binary(String name, DoubleBinaryOperator function, Trait... traits) {
    this(name, Optional.of(function), traits);
  }

  /** A function of which constants are left to the engine. */
  Binary(String name) {
    this(name, Optional.empty());
  }

  @Override
  int leastInputs() {
    return 2;
  }

  @Override
  public Optional<double[]> fold(Folding constants) {
    return function.filter(f -> constants.inputs().size() == 2).map(f -> combined(f, constants));
  }

  private double[] combined(DoubleBinaryOperator f, Folding constants) {
    double[] a = constants.spread(0);
    double[] b = constants.spread(1);
    double[] result = new double[a.length];
    Arrays.setAll(result, i -> f.applyAsDouble(a[i], b[i]));
    return result;
  }
}
