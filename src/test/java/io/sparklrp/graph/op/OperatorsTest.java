package io.sparklrp.graph.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Size;
import io.sparklrp.graph.Tensor;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What operators say of themselves is what they do, as plain loops do it. */
class OperatorsTest {
  /** Operators that the interpreter does not compute; a Scan it computes with its graph. */
  private static final Set<String> NOT_COMPUTED =
      Set.of("Clip", "IsInf", "Mod", "NonZero", "ReduceProd", "Scan", "Tile", "Trilu", "Xor");

  private static final int CASES = 60;
  private static final long SEED = 20_260_418;

  static Stream<Operator> computed() {
    return Operators.all().stream().filter(op -> !NOT_COMPUTED.contains(op.name()));
  }

  private static void forExamples(
      Operator operator, boolean isWhole, Consumer<OperatorExample.Made> check) {
    for (int i = 0; i < CASES; i++) {
      OperatorExample.Made example = OperatorExample.of(operator, new Random(SEED + i), isWhole);
      try {
        check.accept(example);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(operator + ", seed " + (SEED + i) + ": " + e.getMessage(), e);
      }
    }
  }

  private static DoubleTensor run(OperatorExample.Made example, Map<String, DoubleTensor> values) {
    return Interpreter.apply(example.node(), values).get(0);
  }

  private static DoubleTensor run(OperatorExample.Made example) {
    return run(example, example.values());
  }

  private static void assertEqual(DoubleTensor found, DoubleTensor expected) {
    assertThat(found.shape()).isEqualTo(expected.shape());
    for (int i = 0; i < found.data().length; i++) {
      double value = expected.data()[i];
      if (Double.isFinite(value)) {
        assertThat(found.data()[i]).isCloseTo(value, within(1e-6 * Math.max(1, Math.abs(value))));
      } else {
        assertThat(Double.valueOf(found.data()[i])).isEqualTo(Double.valueOf(value));
      }
    }
  }

  @Test
  void theListIsSortedAndTheInterpreterKnowsTheRest() {
    List<String> names = Operators.all().stream().map(Operator::name).toList();
    assertThat(names)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(
            Comparator.comparing((String name) -> name.contains("."))
                .thenComparing(Comparator.naturalOrder()));
    assertThat(names).allMatch(op -> Interpreter.knows(op) != NOT_COMPUTED.contains(op));
  }

  @ParameterizedTest
  @MethodSource("computed")
  void shapeAndTypeAreAsInferred(Operator operator) {
    forExamples(
        operator,
        false,
        example -> {
          DoubleTensor found = run(example);
          List<Dim> dims = example.output().shape().dims();
          assertThat(found.rank()).isEqualTo(dims.size());
          for (int axis = 0; axis < dims.size(); axis++) {
            Optional<Long> size = size(dims.get(axis));
            int made = found.shape()[axis];
            size.ifPresent(said -> assertThat((long) made).isEqualTo(said));
          }
          if (example.output().type() == DataType.BOOL) {
            assertThat(Arrays.stream(found.data())).allMatch(truth -> truth == 0 || truth == 1);
          } else if (example.output().type() != DataType.FLOAT32) {
            assertThat(Arrays.stream(found.data())).allMatch(number -> number == Math.rint(number));
          }
        });
  }

  /** The size that a dimension stands for in an example; empty where its node named it. */
  private static Optional<Long> size(Dim dim) {
    return dim.symbols().stream().allMatch(symbol -> symbol.matches("n\\d+"))
        ? Optional.of(
            dim.symbols().stream()
                .mapToLong(symbol -> Long.parseLong(symbol.substring(1)))
                .reduce(dim.factor(), (a, b) -> a * b))
        : Optional.empty();
  }

  @ParameterizedTest
  @MethodSource("computed")
  void sizesAreTheElements(Operator operator) {
    forExamples(
        operator,
        true,
        example -> {
          Optional<List<Optional<Size>>> sizes = example.graph().sizes(example.node().output());
          if (sizes.isEmpty()) {
            return;
          }
          double[] found = run(example).data();
          assertThat(sizes.get()).hasSameSizeAs(found);
          for (int i = 0; i < found.length; i++) {
            long element = (long) found[i];
            sizes.get().get(i).ifPresent(size -> assertThat(size).isEqualTo(Size.of(element)));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("computed")
  void foldedConstantsAreTheElements(Operator operator) {
    forExamples(
        operator,
        false,
        example -> {
          List<Tensor> constants = new ArrayList<>();
          for (String input : example.node().inputs()) {
            DataType type = example.graph().value(input).type();
            constants.add(OperatorExample.tensor(type, example.values().get(input)));
          }
          DoubleTensor expected = run(example);
          long[] shape = Arrays.stream(expected.shape()).asLongStream().toArray();
          Folding folding =
              new Folding(
                  example.node(),
                  constants,
                  new io.sparklrp.graph.Value(
                      "y", example.output().type(), io.sparklrp.graph.Shape.of(shape)));
          Stream.concat(folding.compute().stream(), operator.foldLater(folding).stream())
              .forEach(tensor -> assertEqual(DoubleTensor.of(tensor), expected));
        });
  }

  @ParameterizedTest
  @MethodSource("computed")
  void aSliceOfTheOutputIsTheOutputOfSlices(Operator operator) {
    Random random = new Random(SEED);
    forExamples(
        operator,
        false,
        example -> {
          DoubleTensor whole = run(example);
          for (int axis = 0; axis < whole.rank(); axis++) {
            Optional<List<Integer>> axes =
                operator.slice(example.inputs(), example.output().shape(), axis);
            if (axes.isEmpty()) {
              continue;
            }
            int start = random.nextInt(whole.shape()[axis]);
            int end = start + 1 + random.nextInt(whole.shape()[axis] - start);
            Map<String, DoubleTensor> cut = new HashMap<>(example.values());
            for (int i = 0; i < axes.get().size(); i++) {
              String input = example.node().input(i);
              if (axes.get().get(i) != Operator.WHOLE) {
                cut.put(input, cut(cut.get(input), axes.get().get(i), start, end));
              }
            }
            assertEqual(run(example, cut), cut(whole, axis, start, end));
          }
        });
  }

  private static DoubleTensor cut(DoubleTensor x, int axis, int start, int end) {
    int[] shape = x.shape().clone();
    shape[axis] = end - start;
    DoubleTensor cut = DoubleTensor.zeros(shape);
    int inner =
        IntStream.range(axis + 1, x.rank()).map(a -> x.shape()[a]).reduce(1, (a, b) -> a * b);
    for (int i = 0; i < cut.data().length; i++) {
      int at = i / inner % shape[axis] + start;
      int outer = i / inner / shape[axis];
      cut.data()[i] = x.data()[(outer * x.shape()[axis] + at) * inner + i % inner];
    }
    return cut;
  }

  /** Whatever changes at one place of an input changes the output at places that agree with it. */
  @ParameterizedTest
  @MethodSource("computed")
  void whatIsElementwiseOrRowByRowLeavesTheOthersAlone(Operator operator) {
    boolean isElementwise = operator.is(Trait.ELEMENTWISE);
    if (!isElementwise && !operator.is(Trait.ROW_BY_ROW)) {
      return;
    }
    Random random = new Random(SEED);
    forExamples(
        operator,
        false,
        example -> {
          DoubleTensor before = run(example);
          Set<Integer> mixed = new HashSet<>();
          if (!isElementwise) {
            mixed.add(before.rank() - 1);
            operator.mixedAxes(example.inputs()).forEach(axis -> mixed.add(axis.axis()));
          }
          int last = isElementwise ? example.node().inputs().size() : 1;
          for (int i = 0; i < last; i++) {
            DoubleTensor input = example.values().get(example.node().input(i));
            if (Arrays.equals(input.shape(), before.shape())) {
              changeOne(example, i, random.nextInt(input.data().length), before, mixed);
            }
          }
        });
  }

  /** Whatever changes at one place along an axis changes the output at that place of its axis. */
  @ParameterizedTest
  @MethodSource("computed")
  void anAxisIsWhereItIsSaidToBe(Operator operator) {
    Random random = new Random(SEED);
    forExamples(
        operator,
        false,
        example -> {
          String name = example.node().input(0);
          DoubleTensor x = example.values().get(name);
          DoubleTensor before = run(example);
          for (int axis = 0; axis < x.rank(); axis++) {
            OptionalInt to = operator.outputAxis(example.inputs(), example.output().shape(), axis);
            if (to.isPresent() && to.getAsInt() != Operator.GONE) {
              int at = random.nextInt(x.data().length);
              double[] data = x.data().clone();
              data[at] = data[at] + 10;
              DoubleTensor after = with(example, name, x.shape(), data);
              for (int i = 0; i < before.data().length; i++) {
                if (place(i, to.getAsInt(), before.shape()) != place(at, axis, x.shape())) {
                  assertThat(after.data()[i]).isEqualTo(before.data()[i]);
                }
              }
            }
          }
        });
  }

  private static int place(int flat, int axis, int... shape) {
    int inner = Arrays.stream(shape, axis + 1, shape.length).reduce(1, (a, b) -> a * b);
    return flat / inner % shape[axis];
  }

  private static void changeOne(
      OperatorExample.Made example, int input, int at, DoubleTensor before, Set<Integer> mixed) {
    String name = example.node().input(input);
    double[] data = example.values().get(name).data().clone();
    data[at] = data[at] == 0 ? 1 : -2 * data[at];
    Map<String, DoubleTensor> changed = new HashMap<>(example.values());
    changed.put(name, new DoubleTensor(before.shape(), data));
    DoubleTensor after = run(example, changed);
    for (int i = 0; i < data.length; i++) {
      if (!agree(i, at, before.shape(), mixed)) {
        assertThat(Double.valueOf(after.data()[i])).isEqualTo(Double.valueOf(before.data()[i]));
      }
    }
  }

  /** Whether two places are the same along all axes but some. */
  private static boolean agree(int one, int other, int[] shape, Set<Integer> but) {
    int a = one;
    int b = other;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      if (!but.contains(axis) && a % shape[axis] != b % shape[axis]) {
        return false;
      }
      a /= shape[axis];
      b /= shape[axis];
    }
    return true;
  }

  @ParameterizedTest
  @MethodSource("computed")
  void whatIsAffineKeepsMeans(Operator operator) {
    forExamples(
        operator,
        false,
        example -> {
          for (int i = 0; i < example.node().inputs().size(); i++) {
            boolean isOfFloats =
                example.inputs().type(i) == DataType.FLOAT32
                    && example.output().type() == DataType.FLOAT32;
            if (operator.isAffineIn(i) && isOfFloats) {
              keepsMean(example, example.node().input(i));
            }
          }
        });
  }

  private static void keepsMean(OperatorExample.Made example, String input) {
    DoubleTensor x = example.values().get(input);
    double[] other = Arrays.stream(x.data()).map(value -> 3 - value * value).toArray();
    double[] mean = new double[other.length];
    Arrays.setAll(mean, i -> (x.data()[i] + other[i]) / 2);
    DoubleTensor ofMean = with(example, input, x.shape(), mean);
    DoubleTensor ofOther = with(example, input, x.shape(), other);
    double[] meanOf = run(example).data().clone();
    Arrays.setAll(meanOf, i -> (meanOf[i] + ofOther.data()[i]) / 2);
    if (Arrays.stream(meanOf).allMatch(Double::isFinite)) {
      assertEqual(ofMean, new DoubleTensor(ofMean.shape(), meanOf));
    }
  }

  private static DoubleTensor with(
      OperatorExample.Made example, String input, int[] shape, double... data) {
    Map<String, DoubleTensor> changed = new HashMap<>(example.values());
    changed.put(input, new DoubleTensor(shape, data));
    return run(example, changed);
  }

  @ParameterizedTest
  @MethodSource("computed")
  void whatMovesOrPicksChangesNoElement(Operator operator) {
    boolean isKeeping = operator.is(Trait.KEEPING_ELEMENTS) && !operator.name().equals("Cast");
    if (!operator.is(Trait.MOVING) && !operator.is(Trait.PICKING) && !isKeeping) {
      return;
    }
    forExamples(
        operator,
        false,
        example -> {
          Set<Double> from = elements(example.values().get(example.node().input(0)));
          Set<Double> to = elements(run(example));
          assertThat(from).containsAll(to);
          if (isKeeping) {
            assertThat(to).containsAll(from);
          }
        });
  }

  private static Set<Double> elements(DoubleTensor tensor) {
    Set<Double> elements = new HashSet<>();
    Arrays.stream(tensor.data()).forEach(elements::add);
    return elements;
  }
}
