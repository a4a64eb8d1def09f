package io.sparklrp.graph.op;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Size;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;

/** {@code Div}: of whole numbers it rounds towards zero. */
final class Div extends Arithmetic {
  Div() {
    super("Div", (a, b) -> a / b, (a, b) -> a / b, Size::dividedBy, Trait.LINEAR);
  }

  @Override
  public boolean isLinear(OpInputs in, IntPredicate active) {
    return !active.test(1);
  }

  @Override
  public boolean isAffineIn(int input) {
    return input == 0;
  }

  @Override
  public Optional<double[]> fold(Folding constants) {
    boolean isWhole = constants.inputs().get(0).type() != DataType.FLOAT32;
    return super.fold(constants)
        .map(all -> isWhole ? Arrays.stream(all).map(x -> (long) x).toArray() : all);
  }
}
