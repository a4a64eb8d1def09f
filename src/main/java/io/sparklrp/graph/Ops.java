package io.sparklrp.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Writes ONNX operators into a {@link GraphBuilder}. Nodes are named {@code {prefix}.{step}}, and
 * their first output like the node.
 */
public final class Ops {
  private final GraphBuilder builder;
  private final String prefix;
  private final String scope;

  /**
   * A writer.
   *
   * @param prefix first part of the names of its nodes
   * @param scope the part of the model that they belong to
   */
  public Ops(GraphBuilder builder, String prefix, String scope) {
    this.builder = builder;
    this.prefix = prefix;
    this.scope = scope;
  }

  /** A writer whose nodes' names go one level deeper. */
  public Ops in(String step) {
    return new Ops(builder, prefix + "." + step, scope);
  }

  /** A writer of the same names for another part of the model. */
  public Ops scoped(String otherScope) {
    return new Ops(builder, prefix, otherScope);
  }

  /** The builder that is written to. */
  public GraphBuilder builder() {
    return builder;
  }

  /** Any operator with one output. */
  public Value op(String step, String op, Map<String, Attribute> attributes, Value... inputs) {
    return node(step, op, "", attributes, inputs);
  }

  /** A value under the name by which it is an output of the graph, or is asked for. */
  public Value output(String name, Value value) {
    List<String> inputs = List.of(value.name());
    return builder
        .add(new Node("output." + name, "Identity", "", inputs, List.of(name), Map.of(), scope))
        .get(0);
  }

  private Value node(
      String step, String op, String domain, Map<String, Attribute> attributes, Value... inputs) {
    String name = builder.freeName(prefix + "." + step);
    List<String> names = Arrays.stream(inputs).map(Value::name).toList();
    return builder.add(new Node(name, op, domain, names, List.of(name), attributes, scope)).get(0);
  }

  /** {@code Add}. */
  public Value add(String step, Value a, Value b) {
    return op(step, "Add", Map.of(), a, b);
  }

  /** {@code Sub}. */
  public Value sub(String step, Value a, Value b) {
    return op(step, "Sub", Map.of(), a, b);
  }

  /** {@code Mul}. */
  public Value mul(String step, Value a, Value b) {
    return op(step, "Mul", Map.of(), a, b);
  }

  /** {@code Div}. */
  public Value div(String step, Value a, Value b) {
    return op(step, "Div", Map.of(), a, b);
  }

  /** An operator of one input without attributes, such as {@code Erf}. */
  public Value unary(String step, String op, Value a) {
    return op(step, op, Map.of(), a);
  }

  /** {@code MatMul}. */
  public Value matMul(String step, Value a, Value b) {
    return op(step, "MatMul", Map.of(), a, b);
  }

  /**
   * {@code com.microsoft.FusedMatMul}: alpha op(a) op(b), where op transposes the last two axes if
   * asked.
   */
  public Value fusedMatMul(
      String step, Value a, boolean transA, Value b, boolean transB, float alpha) {
    if (!transA && !transB && alpha == 1f) {
      return matMul(step, a, b);
    }
    Map<String, Attribute> attributes =
        Map.of(
            "transA", Attribute.of(transA ? 1L : 0L),
            "transB", Attribute.of(transB ? 1L : 0L),
            "alpha", Attribute.of(alpha));
    return node(step, "FusedMatMul", Node.MICROSOFT, attributes, a, b);
  }

  /** {@code QuantizeLinear} of steps of 1: rounds to whole numbers from 0 to 255, 0 being 128. */
  public Value quantize(String step, Value a) {
    return op(step, "QuantizeLinear", Map.of(), a, scalar(1f), middle());
  }

  /**
   * {@code QuantizeLinear} in blocks as long as a row: each row has a step of its own, and 128 is
   * 0.
   *
   * @param scales float32 [..., 1], the step of each row
   * @param middles what {@link #middles} made of such scales
   * @param width the length of a row
   */
  public Value quantizeRows(String step, Value a, Value scales, Value middles, long width) {
    Map<String, Attribute> blocks =
        Map.of("axis", Attribute.of(-1L), Node.BLOCK_SIZE, Attribute.of(width));
    return op(step, "QuantizeLinear", blocks, a, scales, middles);
  }

  /** 128 in the shape of a value. */
  public Value middles(String step, Value a) {
    Value shape = op(step + ".shape", "Shape", Map.of(), a);
    return op(step + ".middles", "Expand", Map.of(), middle(), shape);
  }

  /**
   * {@code com.microsoft.MatMulIntegerToFloat}: (a - 128) b, each column times its scale.
   *
   * @param a uint8
   * @param b int8 [in, out]
   * @param scales float32 [out]
   */
  public Value integerProduct(String step, Value a, Value b, Value scales) {
    return node(
        step, "MatMulIntegerToFloat", Node.MICROSOFT, Map.of(), a, b, scalar(1f), scales, middle());
  }

  private Value middle() {
    return builder.shared("const.uint8.128", Tensor.byteScalar(128));
  }

  /** {@code com.microsoft.QuickGelu}: x sigmoid(alpha x). */
  public Value quickGelu(String step, Value a, float alpha) {
    return node(step, "QuickGelu", Node.MICROSOFT, Map.of("alpha", Attribute.of(alpha)), a);
  }

  /** {@code Softmax} along the last axis. */
  public Value softmax(String step, Value a) {
    return op(step, "Softmax", Map.of("axis", Attribute.of(-1L)), a);
  }

  /** {@code LayerNormalization} along the last axis. */
  public Value layerNormalization(String step, Value a, Value gamma, Value beta, float epsilon) {
    Map<String, Attribute> attributes =
        Map.of("axis", Attribute.of(-1L), "epsilon", Attribute.of(epsilon));
    return op(step, "LayerNormalization", attributes, a, gamma, beta);
  }

  /** RMSNorm along the last axis: ONNX Runtime's {@code SimplifiedLayerNormalization}. */
  public Value rmsNormalization(String step, Value a, Value gamma, float epsilon) {
    Map<String, Attribute> attributes =
        Map.of("axis", Attribute.of(-1L), "epsilon", Attribute.of(epsilon));
    return op(step, "SimplifiedLayerNormalization", attributes, a, gamma);
  }

  /**
   * {@code com.microsoft.RotaryEmbedding}, half against half: each pair of elements of a head is
   * turned by an angle that depends on the position.
   *
   * @param a [batch, sequence, heads * size]
   * @param positions int64 [batch, sequence]
   * @param cosine [positions, turned / 2]
   * @param sine likewise
   * @param heads number of heads
   * @param turned how many elements of a head are turned; 0 for all
   */
  public Value rotary(
      String step, Value a, Value positions, Value cosine, Value sine, long heads, long turned) {
    Map<String, Attribute> attributes =
        Map.of(
            "interleaved", Attribute.of(0L),
            "num_heads", Attribute.of(heads),
            "rotary_embedding_dim", Attribute.of(turned));
    return node(step, "RotaryEmbedding", Node.MICROSOFT, attributes, a, positions, cosine, sine);
  }

  /** Sum of an element and those before it along an axis ({@code CumSum}). */
  public Value cumulativeSum(String step, Value a, long axis) {
    return op(step, "CumSum", Map.of(), a, integer(axis));
  }

  /** {@code Where}: a where the condition holds, b elsewhere. */
  public Value where(String step, Value condition, Value a, Value b) {
    return op(step, "Where", Map.of(), condition, a, b);
  }

  /** An operator of two inputs without attributes that compares or combines. */
  public Value binary(String step, String op, Value a, Value b) {
    return op(step, op, Map.of(), a, b);
  }

  /** {@code ReduceSum}. */
  public Value reduceSum(String step, Value a, boolean keep, long... axes) {
    return reduce(step, "ReduceSum", a, keep, axes);
  }

  /** {@code ReduceMax}. */
  public Value reduceMax(String step, Value a, boolean keep, long... axes) {
    return reduce(step, "ReduceMax", a, keep, axes);
  }

  /** {@code ReduceMin}. */
  public Value reduceMin(String step, Value a, boolean keep, long... axes) {
    return reduce(step, "ReduceMin", a, keep, axes);
  }

  /** {@code ReduceMean}. */
  public Value reduceMean(String step, Value a, boolean keep, long... axes) {
    return reduce(step, "ReduceMean", a, keep, axes);
  }

  private Value reduce(String step, String op, Value a, boolean keep, long... axes) {
    return op(step, op, Map.of("keepdims", Attribute.of(keep ? 1L : 0L)), a, longs(axes));
  }

  /** {@code Reshape}: 0 keeps a dimension, -1 is what is left. */
  public Value reshape(String step, Value a, long... shape) {
    return op(step, "Reshape", Map.of(), a, longs(shape));
  }

  /** {@code Transpose}. */
  public Value transpose(String step, Value a, List<Long> perm) {
    return op(step, "Transpose", Map.of("perm", Attribute.of(perm)), a);
  }

  /** {@code Unsqueeze}. */
  public Value unsqueeze(String step, Value a, long... axes) {
    return op(step, "Unsqueeze", Map.of(), a, longs(axes));
  }

  /** {@code Slice} of one axis, from start to end. */
  public Value slice(String step, Value a, int axis, Value starts, Value ends) {
    return op(step, "Slice", Map.of(), a, starts, ends, longs(axis));
  }

  /**
   * {@code Pad} of one axis with a number; negative pads cut off. ONNX Runtime moves transposes
   * through a Pad as if its pads were of all axes, so they are.
   *
   * @param before int64 [1]
   * @param behind likewise
   */
  public Value pad(String step, Value a, int axis, Value before, Value behind, Value number) {
    List<Value> pads = new ArrayList<>();
    for (Value at : List.of(before, behind)) {
      if (axis > 0) {
        pads.add(longs(new long[axis]));
      }
      pads.add(at);
      if (axis < a.rank() - 1) {
        pads.add(longs(new long[a.rank() - 1 - axis]));
      }
    }
    return op(step, "Pad", Map.of(), a, concat(step + "_pads", 0, pads), number);
  }

  /** {@code Gather}. */
  public Value gather(String step, Value data, Value indices, long axis) {
    return op(step, "Gather", Map.of("axis", Attribute.of(axis)), data, indices);
  }

  /** {@code Concat}. */
  public Value concat(String step, long axis, List<Value> parts) {
    return op(step, "Concat", Map.of("axis", Attribute.of(axis)), parts.toArray(Value[]::new));
  }

  /** {@code Cast}. */
  public Value cast(String step, Value a, DataType type) {
    return op(step, "Cast", Map.of("to", Attribute.of((long) OnnxTypes.code(type))), a);
  }

  /** {@code Shape}, one dimension of it, as a vector of one element. */
  public Value dimension(String step, Value a, int axis) {
    Map<String, Attribute> attributes =
        Map.of("start", Attribute.of((long) axis), "end", Attribute.of(axis + 1L));
    return op(step, "Shape", attributes, a);
  }

  /**
   * Zeros and a one at an index ({@code OneHot}), along a new last axis.
   *
   * @param depth int64 [1], the length of that axis
   */
  public Value oneHot(String step, Value index, Value depth) {
    Value offOn = builder.shared("const.off_on", Tensor.floats(new long[] {2}, 0f, 1f));
    return op(step, "OneHot", Map.of("axis", Attribute.of(-1L)), index, depth, offOn);
  }

  /** A shared float32 scalar. */
  public Value scalar(float value) {
    return builder.shared("const.float." + value, Tensor.scalar(value));
  }

  /** A shared int64 scalar. */
  public Value integer(long value) {
    return builder.shared("const.long." + value, Tensor.longs(new long[0], value));
  }

  /** A shared int64 vector. */
  public Value longs(long... values) {
    String name = LongStream.of(values).mapToObj(Long::toString).collect(Collectors.joining("_"));
    return builder.shared("const.longs." + name, Tensor.vector(values));
  }
}
