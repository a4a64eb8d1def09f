package io.sparklrp.graph.op;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** {@code Slice}. */
final class Slice extends Operator {
  /** A slice of so few first or last elements is believed to find them all. */
  private static final long BELIEVED = 16;

  private static final int STARTS = 1;
  private static final int ENDS = 2;
  private static final int AXES = 3;
  private static final int STEPS = 4;

  Slice() {
    super("Slice", Trait.LINEAR, Trait.MOVING, Trait.PICKING, Trait.KEEPING_AXES);
  }

  private static int[] axes(OpInputs in) {
    Shape shape = in.shape(0);
    return in.has(AXES)
        ? Arrays.stream(in.longs(AXES)).mapToInt(shape::axis).toArray()
        : IntStream.range(0, Math.toIntExact(in.shape(STARTS).dim(0).size())).toArray();
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    Shape shape = in.shape(0);
    in.requires(STARTS, ENDS);
    int[] axes = axes(in);
    for (int i = 0; i < axes.length; i++) {
      shape = shape.with(axes[i], sliced(in, i, shape.dim(axes[i]), axes[i]));
    }
    return List.of(new ValueType(in.type(0), shape));
  }

  private static Dim sliced(OpInputs in, int index, Dim dim, int axis) {
    if (isUpToItsLength(in, index, dim)) {
      return dim;
    }
    if (in.knownLongs(STARTS).isEmpty() || in.knownLongs(ENDS).isEmpty()) {
      return in.unknown(axis);
    }
    long step = in.has(STEPS) ? in.longs(STEPS)[index] : 1;
    SliceRange range = new SliceRange(in.longs(STARTS)[index], in.longs(ENDS)[index], step);
    if (dim.isFixed()) {
      return Dim.of(range.count(dim.size()));
    }
    if (range.isWhole()) {
      return dim;
    }
    return step == 1 ? believed(range, in, axis) : in.unknown(axis);
  }

  /** Whether a slice goes from the first element to as many as there are, told by a Shape. */
  private static boolean isUpToItsLength(OpInputs in, int index, Dim dim) {
    return isFromFirst(in, index) && in.size(ENDS, index).filter(Size.of(dim)::equals).isPresent();
  }

  private static boolean isFromFirst(OpInputs in, int index) {
    boolean isByOne =
        !in.has(STEPS) || in.knownLongs(STEPS).filter(steps -> steps[index] == 1).isPresent();
    return isByOne && in.size(STARTS, index).filter(Size.of(0)::equals).isPresent();
  }

  private static Dim believed(SliceRange range, OpInputs in, int axis) {
    if (range.start() == -1 && range.end() >= Integer.MAX_VALUE) {
      return Dim.of(1);
    }
    boolean isCounted =
        range.start() >= 0
            ? range.end() <= BELIEVED
            : range.end() < 0 && range.start() >= -BELIEVED;
    return isCounted && range.end() >= range.start()
        ? Dim.of(range.end() - range.start())
        : in.unknown(axis);
  }

  /** A vector, or a matrix along one axis. */
  @Override
  public Optional<List<Optional<Size>>> sizes(OpInputs in, int count) {
    Optional<long[]> starts = in.knownLongs(STARTS).filter(all -> all.length == 1);
    Optional<long[]> ends = in.knownLongs(ENDS);
    Optional<long[]> steps = in.has(STEPS) ? in.knownLongs(STEPS) : Optional.of(new long[] {1});
    if (starts.isEmpty() || ends.isEmpty() || steps.isEmpty()) {
      return Optional.empty();
    }
    SliceRange range = new SliceRange(starts.get()[0], ends.get()[0], steps.get()[0]);
    return in.sizes(0).map(data -> kept(data, in.shape(0), axes(in)[0], range));
  }

  private static List<Optional<Size>> kept(
      List<Optional<Size>> data, Shape shape, int axis, SliceRange range) {
    long size = shape.dim(axis).size();
    int inner = axis == shape.rank() - 1 ? 1 : Math.toIntExact(shape.dim(-1).size());
    int outer = axis == 0 ? 1 : Math.toIntExact(shape.dim(0).size());
    List<Optional<Size>> kept = new ArrayList<>();
    for (int o = 0; o < outer; o++) {
      for (long i = 0; i < range.count(size); i++) {
        long at = (o * size + range.first(size) + i * range.step()) * inner;
        kept.addAll(data.subList((int) at, (int) at + inner));
      }
    }
    return kept;
  }

  @Override
  public boolean isLinear(OpInputs in, IntPredicate active) {
    return !in.has(STEPS) || in.constantLongs(STEPS).isPresent();
  }

  /** The axes, and the end where it is a whole dimension: a slice up to there keeps a beginning. */
  @Override
  public boolean readsAsShape(OpInputs in, int input) {
    return input == AXES || (input == ENDS && isPlain(in));
  }

  private static boolean isPlain(OpInputs in) {
    return in.sizes(ENDS)
        .filter(all -> all.stream().allMatch(size -> size.filter(Slice::isPlain).isPresent()))
        .isPresent();
  }

  private static boolean isPlain(Size size) {
    return size.isFixed() || (size.factor() == 1 && size.symbols().size() == 1);
  }

  /** The axes that are not kept whole. */
  @Override
  public List<InputAxis> pickedAxes(OpInputs in) {
    int[] axes = axes(in);
    return InputAxis.ofFirst(
        IntStream.range(0, axes.length)
            .filter(i -> !isWhole(in, i, in.shape(0).dim(axes[i])))
            .mapToObj(i -> axes[i])
            .toList());
  }

  private static boolean isWhole(OpInputs in, int index, Dim dim) {
    boolean isToLast =
        in.size(ENDS, index)
            .filter(Size::isFixed)
            .filter(end -> end.factor() >= Integer.MAX_VALUE)
            .isPresent();
    return isUpToItsLength(in, index, dim) || (isFromFirst(in, index) && isToLast);
  }
}
