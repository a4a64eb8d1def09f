package io.sparklrp.graph.op;

import io.sparklrp.graph.Size;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/** {@code Max} and {@code Min} of two or more. */
final class Extremum extends Binary {
  private final LongBinaryOperator ofWhole;

  Extremum(String name, DoubleBinaryOperator function, LongBinaryOperator ofWhole) {
    super(name, function, Trait.LINEAR, Trait.OF_A_NORM);
    this.ofWhole = ofWhole;
  }

  @Override
  int leastInputs() {
    return 1;
  }

  @Override
  public Optional<List<Optional<Size>>> sizes(OpInputs in, int count) {
    return SizeVectors.combined(in, count, this::of);
  }

  private Optional<Size> of(Size a, Size b) {
    if (a.equals(b)) {
      return Optional.of(a);
    }
    return a.isFixed() && b.isFixed()
        ? Optional.of(Size.of(ofWhole.applyAsLong(a.factor(), b.factor())))
        : Optional.empty();
  }
}
