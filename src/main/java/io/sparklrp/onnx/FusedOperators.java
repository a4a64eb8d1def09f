package io.sparklrp.onnx;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Fused operators of ONNX Runtime's optimiser, taken apart into what they are made of. */
final class FusedOperators {
  private static final List<Long> SWAP_SEQUENCE_AND_HEADS = List.of(0L, 2L, 1L, 3L);

  private FusedOperators() {}

  static void register(Map<String, Consumer<Importing>> imports) {
    Map<String, Consumer<Importing>> fused = new TreeMap<>();
    fused.put("Gelu", in -> in.write("Gelu", gelu("none"), in.input(0)));
    fused.put("BiasGelu", in -> biasGelu(in, "none"));
    fused.put("FastGelu", in -> biasGelu(in, "tanh"));
    fused.put("QuickGelu", Importing::same);
    fused.put("LayerNormalization", StandardOperators::layerNormalization);
    fused.put("FusedMatMul", FusedOperators::fusedMatMul);
    fused.put("FusedGemm", FusedOperators::fusedGemm);
    fused.put("SkipLayerNormalization", in -> skip(in, false));
    fused.put("SkipSimplifiedLayerNormalization", in -> skip(in, true));
    fused.put("EmbedLayerNormalization", FusedOperators::embeddings);
    fused.put("Attention", FusedOperators::attention);
    fused.put("MultiHeadAttention", FusedOperators::multiHeadAttention);
    fused.forEach((op, convert) -> imports.put(Node.MICROSOFT + "." + op, convert));
    imports.put("SimplifiedLayerNormalization", FusedOperators::simplified);
    imports.put("RMSNormalization", FusedOperators::simplified);
  }

  private static Map<String, Attribute> gelu(String form) {
    return Map.of("approximate", Attribute.of(form));
  }

  private static void biasGelu(Importing in, String form) {
    Value x = in.has(1) ? in.ops().add("biased", in.input(0), in.input(1)) : in.input(0);
    in.write("Gelu", gelu(form), x);
  }

  private static void fusedMatMul(Importing in) {
    boolean swapsBatch =
        in.node().integer("transBatchA", 0) == 1 || in.node().integer("transBatchB", 0) == 1;
    in.require(!swapsBatch, "transposed batches");
    in.same();
  }

  private static void fusedGemm(Importing in) {
    String activation = in.node().text("activation", "");
    in.require(List.of("Relu", "Tanh", "Sigmoid").contains(activation), "activation " + activation);
    in.require(in.node().decimal("beta", 1f) == 1f, "beta");
    Map<String, Attribute> product = new TreeMap<>(in.node().attributes());
    product.keySet().retainAll(List.of("alpha", "transA", "transB"));
    Value[] inputs = new Value[in.node().inputs().size()];
    Arrays.setAll(inputs, in::input);
    in.write(activation, Map.of(), in.ops().op("product", "Gemm", product, inputs));
  }

  private static Map<String, Attribute> normalising(Importing in, float epsilon) {
    return Map.of(
        "axis", Attribute.of(-1L),
        "epsilon", Attribute.of(in.node().decimal("epsilon", epsilon)));
  }

  private static void simplified(Importing in) {
    int axis = in.shape(0).axis(in.node().integer("axis", -1));
    in.require(axis == in.shape(0).rank() - 1, "normalisation over several axes");
    in.write("SimplifiedLayerNormalization", "", in.node().inputs(), normalising(in, 1e-5f));
  }

  private static void skip(Importing in, boolean rms) {
    int bias = rms ? 3 : 4;
    Value sum = in.ops().add("residual", in.input(0), in.input(1));
    if (in.has(bias)) {
      sum = in.ops().add("residual_bias", sum, in.input(bias));
    }
    in.output(3, sum);
    Node normalisation =
        new Node(
            in.node().name(),
            rms ? "SimplifiedLayerNormalization" : "LayerNormalization",
            "",
            !rms && in.has(3)
                ? List.of(sum.name(), in.node().input(2), in.node().input(3))
                : List.of(sum.name(), in.node().input(2)),
            List.of(in.node().output()),
            normalising(in, 1e-12f),
            "");
    in.ops().builder().add(normalisation);
  }

  private static void embeddings(Importing in) {
    Ops ops = in.ops();
    Value sum = ops.gather("words", in.input(2), in.input(0), 0);
    Value positions = in.has(8) ? in.input(8) : counted(in);
    sum = ops.add("with_positions", sum, ops.gather("positions", in.input(3), positions, 0));
    if (in.has(4)) {
      sum = ops.add("with_segments", sum, ops.gather("segments", in.input(4), in.input(1), 0));
    }
    in.output(2, sum);
    if (in.node().outputs().size() > 1 && !in.node().outputs().get(1).isEmpty()) {
      in.require(in.has(7), "a mask index without a mask");
      in.output(1, in.input(7));
    }
    Node normalisation =
        new Node(
            in.node().name(),
            "LayerNormalization",
            "",
            List.of(sum.name(), in.node().input(5), in.node().input(6)),
            List.of(in.node().output()),
            normalising(in, 1e-12f),
            "");
    ops.builder().add(normalisation);
  }

  /** 0, 1, ... of the length of the ids. */
  private static Value counted(Importing in) {
    Ops ops = in.ops();
    Value zero = in.shared("const.long.0", Tensor.longs(new long[0], 0));
    Value one = in.shared("const.long.1", Tensor.longs(new long[0], 1));
    Value length =
        ops.op("count", "Squeeze", Map.of(), ops.dimension("length", in.input(0), 1), ops.longs(0));
    return ops.unsqueeze("rows", ops.op("positions_ids", "Range", Map.of(), zero, length, one), 0);
  }

  private static void attention(Importing in) {
    in.require(!in.has(4) || in.node().input(4).isEmpty(), "past keys and values");
    in.require(in.node().outputs().size() < 2 || in.node().outputs().get(1).isEmpty(), "present");
    in.require(in.node().integer("do_rotary", 0) == 0, "rotary embeddings");
    in.require(in.node().attributes().get("qkv_hidden_sizes") == null, "qkv_hidden_sizes");
    Ops ops = in.ops();
    Value all = ops.matMul("projected", in.input(0), in.input(1));
    if (in.has(2)) {
      all = ops.add("projected_bias", all, in.input(2));
    }
    long size = all.shape().dim(-1).size() / 3;
    Value[] parts = new Value[3];
    for (int i = 0; i < 3; i++) {
      Value end = ops.longs(i == 2 ? Long.MAX_VALUE : (i + 1) * size);
      parts[i] = ops.slice("part" + i, all, 2, ops.longs(i * size), end);
    }
    attend(in, parts, 3, 5);
  }

  private static void multiHeadAttention(Importing in) {
    in.require(in.has(1) && in.has(2), "packed keys and values");
    in.require(!in.has(6) && !in.has(7), "past keys and values");
    for (int i = 1; i < in.node().outputs().size(); i++) {
      in.require(in.node().outputs().get(i).isEmpty(), "present keys and values");
    }
    Ops ops = in.ops();
    Value[] parts = {in.input(0), in.input(1), in.input(2)};
    for (Value part : parts) {
      in.require(part.rank() == 3, "keys of rank " + part.rank());
    }
    if (in.has(3)) {
      long size = parts[0].shape().dim(-1).size();
      for (int i = 0; i < 3; i++) {
        Value bias =
            ops.slice("bias" + i, in.input(3), 0, ops.longs(i * size), ops.longs((i + 1) * size));
        parts[i] = ops.add("biased" + i, parts[i], bias);
      }
    }
    attend(in, parts, 4, 5);
  }

  private static void attend(Importing in, Value[] parts, int mask, int relative) {
    Ops ops = in.ops();
    long heads = in.node().integer("num_heads", 1);
    long size = parts[0].shape().dim(-1).size() / heads;
    float scale = in.node().decimal("scale", 0f);
    Value[] byHead = new Value[3];
    for (int i = 0; i < 3; i++) {
      Value split = ops.reshape("split" + i, parts[i], 0, 0, heads, -1);
      byHead[i] = ops.transpose("by_head" + i, split, SWAP_SEQUENCE_AND_HEADS);
    }
    float factor = scale == 0f ? (float) (1 / Math.sqrt((double) size)) : scale;
    Value scores = ops.fusedMatMul("scores", byHead[0], false, byHead[1], true, factor);
    if (in.has(relative)) {
      scores = ops.add("relative", scores, in.input(relative));
    }
    if (in.has(mask)) {
      scores = ops.add("masked", scores, mask(in, mask));
    }
    if (in.node().integer("unidirectional", 0) == 1) {
      scores = ops.add("causal", scores, causal(in, parts[0]));
    }
    Value context = ops.matMul("context", ops.softmax("weights", scores), byHead[2]);
    Value rows = ops.transpose("rows", context, SWAP_SEQUENCE_AND_HEADS);
    long width = parts[2].shape().dim(-1).size();
    in.write("Reshape", Map.of(), rows, ops.longs(0, 0, width));
  }

  /** 0 where the mask is 1 and the lowest float where it is 0, by key. */
  private static Value mask(Importing in, int index) {
    Value mask = in.input(index);
    in.require(mask.rank() == 2 || mask.rank() == 3, "a mask of rank " + mask.rank());
    Ops ops = in.ops().in("mask");
    Value real = mask.type() == DataType.FLOAT32 ? mask : ops.cast("real", mask, DataType.FLOAT32);
    Value padding = ops.sub("padding", ops.scalar(1f), real);
    Value lowest = ops.mul("lowest", padding, ops.scalar(-Float.MAX_VALUE));
    return mask.rank() == 2
        ? ops.unsqueeze("by_key", lowest, 1, 2)
        : ops.unsqueeze("by_query", lowest, 1);
  }

  private static Value causal(Importing in, Value rows) {
    Ops ops = in.ops().in("causal");
    Value zero = in.shared("const.long.0", Tensor.longs(new long[0], 0));
    Value one = in.shared("const.long.1", Tensor.longs(new long[0], 1));
    Value length =
        ops.op("count", "Squeeze", Map.of(), ops.dimension("length", rows, 1), ops.longs(0));
    Value places = ops.op("places", "Range", Map.of(), zero, length, one);
    Value later =
        ops.op(
            "later",
            "Greater",
            Map.of(),
            ops.unsqueeze("keys", places, 0),
            ops.unsqueeze("queries", places, 1));
    return ops.op("lowest", "Where", Map.of(), later, ops.scalar(-Float.MAX_VALUE), ops.scalar(0f));
  }
}
