package io.sparklrp.graph.op;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A small random graph of one node: of floats that are given, or of whole numbers that are
 * constants. Axes of n elements are of a fixed size, or of a size {@code nN}.
 */
final class OperatorExample {
  /** What they pick depends on sizes. */
  private static final Set<String> FIXED = Set.of("GatherND", "Slice");

  private final Operator operator;
  private final Random random;
  private final boolean isWhole;
  private final GraphBuilder builder = new GraphBuilder("example");
  private final Map<String, DoubleTensor> values = new HashMap<>();
  private final Map<String, Attribute> attributes = new HashMap<>();
  private final List<String> inputs = new ArrayList<>();

  private OperatorExample(Operator operator, Random random, boolean isWhole) {
    this.operator = operator;
    this.random = random;
    this.isWhole = isWhole;
  }

  /**
   * An example.
   *
   * @param values all inputs and constants by name
   */
  record Made(Graph graph, Map<String, DoubleTensor> values) {
    Node node() {
      return graph.nodes().get(0);
    }

    OpInputs inputs() {
      return OpInputs.of(graph, node());
    }

    Value output() {
      return graph.value(node().output());
    }
  }

  static Made of(Operator operator, Random random, boolean isWhole) {
    OperatorExample example = new OperatorExample(operator, random, isWhole);
    example.fill();
    return example.made();
  }

  private Made made() {
    String name = operator.name();
    boolean isMicrosoft = name.startsWith(Node.MICROSOFT);
    Node node =
        new Node(
            "node",
            isMicrosoft ? name.substring(Node.MICROSOFT.length() + 1) : name,
            isMicrosoft ? Node.MICROSOFT : "",
            inputs,
            List.of("y"),
            attributes,
            "");
    return new Made(builder.build(builder.add(node)), values);
  }

  static Tensor tensor(DataType type, DoubleTensor from) {
    long[] shape = Arrays.stream(from.shape()).asLongStream().toArray();
    ByteBuffer data =
        ByteBuffer.allocate(from.data().length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (double element : from.data()) {
      switch (type) {
        case FLOAT32 -> data.putFloat((float) element);
        case FLOAT64 -> data.putDouble(element);
        case INT64 -> data.putLong((long) element);
        case INT32 -> data.putInt((int) element);
        case INT8, UINT8, BOOL -> data.put((byte) (int) element);
      }
    }
    byte[] bytes = data.array();
    return Tensor.of(type, shape, () -> ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  private int upTo(int most) {
    return 1 + random.nextInt(most);
  }

  private int[] shape(int rank) {
    return IntStream.range(0, rank).map(axis -> upTo(4)).toArray();
  }

  private int[] anyShape() {
    return shape(isWhole ? random.nextInt(3) : upTo(3));
  }

  private void add(DataType type, boolean isConstant, DoubleTensor value) {
    String name = "x" + inputs.size();
    inputs.add(name);
    values.put(name, value);
    if (isConstant) {
      builder.initializer(name, tensor(type, value));
      return;
    }
    boolean isNamed = !FIXED.contains(operator.name()) && random.nextBoolean();
    boolean isFirstOnly = operator.name().equals("Reshape");
    List<Dim> dims =
        IntStream.range(0, value.rank())
            .mapToObj(axis -> dim(value.shape()[axis], isNamed && (axis == 0 || !isFirstOnly)))
            .toList();
    builder.input(name, type, new Shape(dims));
  }

  private static Dim dim(int size, boolean isNamed) {
    return isNamed && size > 1 ? Dim.symbol("n" + size) : Dim.of(size);
  }

  /** Data: now and then with equal elements. */
  private void x(int... shape) {
    DoubleTensor value = DoubleTensor.zeros(shape);
    boolean isRounded = isWhole || random.nextInt(3) == 0;
    Arrays.setAll(
        value.data(),
        i -> isRounded ? random.nextInt(7) - 3 : (double) (float) random.nextGaussian());
    add(isWhole ? DataType.INT64 : DataType.FLOAT32, isWhole, value);
  }

  private void truths(int... shape) {
    DoubleTensor value = DoubleTensor.zeros(shape);
    Arrays.setAll(value.data(), i -> random.nextInt(2));
    add(DataType.BOOL, isWhole, value);
  }

  private void ids(int below, int... shape) {
    DoubleTensor value = DoubleTensor.zeros(shape);
    Arrays.setAll(value.data(), i -> random.nextInt(below));
    add(DataType.INT64, isWhole, value);
  }

  private void longs(long... elements) {
    double[] data = Arrays.stream(elements).asDoubleStream().toArray();
    add(DataType.INT64, true, DoubleTensor.vector(data));
  }

  private void scalar(DataType type, double element) {
    add(type, true, DoubleTensor.scalar(element));
  }

  private void set(String name, long value) {
    attributes.put(name, Attribute.of(value));
  }

  private int axis(int rank) {
    int axis = random.nextInt(rank);
    return random.nextBoolean() ? axis : axis - rank;
  }

  /** A shape that is broadcast to another. */
  private int[] part(int... whole) {
    int[] part = Arrays.copyOfRange(whole, random.nextInt(whole.length + 1), whole.length);
    Arrays.setAll(part, axis -> random.nextInt(3) == 0 ? 1 : part[axis]);
    return part;
  }

  /** In steps of one size, or of one for each row. */
  private void quantised() {
    if (isWhole || random.nextBoolean()) {
      x(anyShape());
      scalar(DataType.FLOAT32, 0.5);
      scalar(DataType.UINT8, 128);
      return;
    }
    x(2, 3, 4);
    DoubleTensor steps = DoubleTensor.zeros(2, 3, 1);
    Arrays.setAll(steps.data(), i -> 0.25 * (i + 1));
    add(DataType.FLOAT32, false, steps);
    DoubleTensor middles = DoubleTensor.zeros(2, 3, 1);
    Arrays.fill(middles.data(), 128);
    add(DataType.UINT8, false, middles);
    set("axis", -1);
    set(Node.BLOCK_SIZE, 4);
  }

  private void fill() {
    switch (operator.name()) {
      case "And", "Or" -> {
        int[] shape = anyShape();
        truths(shape);
        truths(part(shape));
      }
      case "Not" -> truths(anyShape());
      case "Add", "Sub", "Mul", "Div", "Pow", "Max", "Min", "Sum" -> pair();
      case "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual" -> pair();
      case "Where" -> {
        int[] shape = anyShape();
        truths(part(shape));
        x(shape);
        x(part(shape));
      }
      case "Cast" -> {
        x(anyShape());
        set("to", List.of(1, 6, 7, 9).get(random.nextInt(4)));
      }
      case "Softmax", "LogSoftmax" -> {
        x(shape(3));
        set("axis", axis(3));
      }
      case "LayerNormalization", "SimplifiedLayerNormalization" -> normalised();
      case "MatMul" -> {
        x(2, 3, 4);
        x(random.nextBoolean() ? new int[] {4, 2} : new int[] {2, 4, 2});
      }
      case Node.MICROSOFT + ".FusedMatMul", "Gemm" -> turnedProduct();
      case "QuantizeLinear" -> quantised();
      case Node.MICROSOFT + ".MatMulIntegerToFloat" -> {
        ids(5, 2, 3, 4);
        ids(5, 4, 2);
        scalar(DataType.FLOAT32, 0.5);
        x(2);
        scalar(DataType.INT64, 2);
      }
      case Node.MICROSOFT + ".RotaryEmbedding" -> {
        x(2, 3, 8);
        ids(5, 2, 3);
        x(5, 2);
        x(5, 2);
        set("num_heads", random.nextInt(2) * 2L);
      }
      case "ReduceL2", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceSum" -> {
        x(shape(3));
        longs(random.nextBoolean() ? new long[] {axis(3)} : new long[] {0, 2});
        set("keepdims", random.nextInt(2));
      }
      case "ArgMax" -> {
        x(shape(3));
        set("axis", axis(3));
        set("keepdims", random.nextInt(2));
      }
      default -> arranged();
    }
  }

  private void pair() {
    int[] shape = anyShape();
    boolean isFirstWhole = random.nextBoolean();
    x(isFirstWhole ? shape : part(shape));
    x(isFirstWhole ? part(shape) : shape);
  }

  private void normalised() {
    int[] shape = shape(3);
    x(shape);
    x(shape[2]);
    if (operator.name().equals("LayerNormalization")) {
      x(shape[2]);
    }
    set("axis", -1);
    attributes.put("epsilon", Attribute.of(0.1f));
  }

  private void turnedProduct() {
    boolean isGemm = operator.name().equals("Gemm");
    boolean turnsA = random.nextBoolean();
    boolean turnsB = random.nextBoolean();
    int[] outer = isGemm ? new int[0] : new int[] {upTo(2), 2};
    x(joined(outer, turnsA ? 4 : 3, turnsA ? 3 : 4));
    x(joined(outer, turnsB ? 2 : 4, turnsB ? 4 : 2));
    if (isGemm && random.nextBoolean()) {
      x(2);
    }
    set("transA", turnsA ? 1 : 0);
    set("transB", turnsB ? 1 : 0);
    attributes.put("alpha", Attribute.of(0.5f));
  }

  private static int[] joined(int[] outer, int... inner) {
    return IntStream.concat(Arrays.stream(outer), Arrays.stream(inner)).toArray();
  }

  private void arranged() {
    switch (operator.name()) {
      case "Reshape" -> {
        x(2, 3, 4);
        longs(
            List.of(new long[] {0, -1}, new long[] {0, 0, 2, 2}, new long[] {-1, 4})
                .get(random.nextInt(3)));
      }
      case "Transpose" -> {
        int rank = isWhole ? 2 : 3;
        x(shape(rank));
        List<Long> perm = new ArrayList<>(LongStream.range(0, rank).boxed().toList());
        Collections.shuffle(perm, random);
        attributes.put("perm", Attribute.of(perm));
      }
      case "Unsqueeze" -> {
        x(shape(isWhole ? 1 : 2));
        longs(random.nextInt(2));
      }
      case "Squeeze" -> {
        x(isWhole ? new int[] {1, 3} : new int[] {1, 3, 1});
        longs(0);
      }
      case "Concat" -> {
        boolean isVector = isWhole || random.nextBoolean();
        x(isVector ? shape(1) : new int[] {2, upTo(3)});
        x(isVector ? shape(1) : new int[] {2, upTo(3)});
        set("axis", isVector ? 0 : 1);
      }
      case "Shape" -> {
        x(shape(3));
        set("start", random.nextInt(3) - 1L);
      }
      case "Expand" -> {
        x(isWhole ? new int[] {1} : new int[] {3, 1});
        longs(isWhole ? new long[] {4} : new long[] {2, 1, 4});
      }
      case "ConstantOfShape" -> {
        longs(upTo(4), upTo(3));
        attributes.put("value", new Attribute.TensorValue(Tensor.longs(new long[] {1}, 7)));
      }
      case "Range" -> {
        scalar(DataType.INT64, random.nextInt(3));
        scalar(DataType.INT64, 3 + random.nextInt(5));
        scalar(DataType.INT64, upTo(3));
      }
      case "Gather" -> {
        x(isWhole ? new int[] {3} : new int[] {3, 3, 2});
        ids(2, shape(isWhole ? random.nextInt(2) : upTo(2)));
        set("axis", isWhole ? 0 : axis(3));
      }
      case "GatherElements" -> {
        x(3, 3);
        ids(3, 3, 3);
        set("axis", axis(2));
      }
      case "ScatterElements" -> {
        x(3, 3);
        ids(3, 2, 3);
        x(2, 3);
        set("axis", 0);
        attributes.put("reduction", Attribute.of("add"));
      }
      case "GatherND" -> {
        x(3, 3, 2);
        ids(3, 4, upTo(2));
      }
      case "ScatterND" -> {
        x(3, 3, 2);
        ids(3, 4, 2);
        x(4, 2);
        attributes.put("reduction", Attribute.of("add"));
      }
      default -> indexed();
    }
  }

  private void indexed() {
    switch (operator.name()) {
      case "Slice" -> {
        x(isWhole ? new int[] {upTo(4)} : new int[] {3, 4});
        longs(random.nextInt(9) - 4);
        longs(List.of(Long.MAX_VALUE, -1L, 2L, 1L).get(random.nextInt(4)));
        longs(isWhole ? 0 : axis(2));
        if (random.nextBoolean()) {
          longs(upTo(2));
        }
      }
      case "Pad" -> {
        x(2, 3);
        longs(random.nextInt(3), random.nextInt(2), random.nextInt(2), 1);
        scalar(isWhole ? DataType.INT64 : DataType.FLOAT32, 2);
      }
      case "OneHot" -> {
        ids(3, shape(2));
        scalar(DataType.INT64, 3);
        add(DataType.FLOAT32, true, DoubleTensor.vector(0, 1));
      }
      case "TopK" -> {
        x(2, 4);
        longs(upTo(3));
      }
      case "CumSum" -> {
        x(2, 3);
        scalar(DataType.INT64, random.nextInt(2));
      }
      default -> x(anyShape());
    }
  }
}
