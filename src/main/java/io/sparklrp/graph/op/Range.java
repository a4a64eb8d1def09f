package io.sparklrp.graph.op;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code Range}. */
final class Range extends Operator {
  Range() {
    super("Range", Trait.COUNTING);
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    return List.of(new ValueType(in.type(0), shape(in)));
  }

  private static Shape shape(OpInputs in) {
    Optional<long[]> start = in.knownLongs(0);
    Optional<long[]> limit = in.knownLongs(1);
    Optional<long[]> delta = in.knownLongs(2);
    if (start.isPresent() && limit.isPresent() && delta.isPresent()) {
      long span = Math.subtractExact(limit.get()[0], start.get()[0]);
      return Shape.of(Math.max(0, -Math.floorDiv(Math.negateExact(span), delta.get()[0])));
    }
    return ofFloats(in).orElseGet(() -> Shape.of(upTo(in).orElseGet(() -> in.unknown(0))));
  }

  /** A range of constant floats. */
  private static Optional<Shape> ofFloats(OpInputs in) {
    Optional<Float> start = in.knownFloat(0);
    Optional<Float> limit = in.knownFloat(1);
    Optional<Float> delta = in.knownFloat(2);
    if (start.isEmpty() || limit.isEmpty() || delta.isEmpty()) {
      return Optional.empty();
    }
    double count = Math.ceil(((double) limit.get() - start.get()) / delta.get());
    if (!(count < Long.MAX_VALUE)) {
      throw new IllegalArgumentException("its range does not end");
    }
    return Optional.of(Shape.of((long) Math.max(0, count)));
  }

  /** The length of a range that counts from 0, up to a dimension. */
  private static Optional<Dim> upTo(OpInputs in) {
    boolean counts =
        in.knownLongs(0).filter(start -> start[0] == 0).isPresent()
            && in.knownLongs(2).filter(delta -> delta[0] == 1).isPresent();
    return in.size(1, 0).filter(limit -> counts).flatMap(Size::dim);
  }

  @Override
  public Optional<List<Optional<Size>>> sizes(OpInputs in, int count) {
    return in.knownLongs(0)
        .flatMap(start -> in.knownLongs(2).map(delta -> elements(start[0], delta[0], count)));
  }

  private static List<Optional<Size>> elements(long start, long delta, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Math.addExact(start, Math.multiplyExact(i, delta)))
        .map(element -> Optional.of(Size.of(element)))
        .toList();
  }

  @Override
  public Optional<double[]> fold(Folding constants) {
    double start = constants.numbers(0)[0];
    double delta = constants.numbers(2)[0];
    double[] result = new double[constants.count()];
    Arrays.setAll(result, i -> start + i * delta);
    return Optional.of(result);
  }

  @Override
  public List<Integer> sizeInputs() {
    return List.of(0, 1, 2);
  }

  @Override
  public boolean readsAsShape(OpInputs in, int input) {
    return input == 1;
  }
}
