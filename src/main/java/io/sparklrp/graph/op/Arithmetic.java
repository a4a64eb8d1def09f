package io.sparklrp.graph.op;

import io.sparklrp.graph.Size;
import io.sparklrp.graph.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;

/** A kind of reckoning with two numbers, whatever they are: constants, weights, or sizes. */
class Arithmetic extends Binary {
  /** Two numbers as weights have them. */
  @FunctionalInterface
  interface OfFloats {
    float apply(float a, float b);
  }

  private final OfFloats ofFloats;
  private final BiFunction<Size, Size, Optional<Size>> ofSizes;

  Arithmetic(
      String name,
      DoubleBinaryOperator ofDoubles,
      OfFloats ofFloats,
      BiFunction<Size, Size, Optional<Size>> ofSizes,
      Trait... traits) {
    super(name, ofDoubles, traits);
    this.ofFloats = ofFloats;
    this.ofSizes = ofSizes;
  }

  @Override
  public Optional<List<Optional<Size>>> sizes(OpInputs in, int count) {
    return SizeVectors.combined(in, count, ofSizes);
  }

  @Override
  public Optional<Tensor> foldLater(Folding constants) {
    return LargeConstants.combined(constants, ofFloats);
  }
}
