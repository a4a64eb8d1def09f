package io.sparklrp.onnx;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * ONNX's own Attention (opset 23 and 24), which newer exporters write for
 * scaled_dot_product_attention: taken apart into the scores, their mask, the softmax and the
 * product with the values, heads of keys and values repeated for the heads of queries that share
 * them.
 */
final class StandardAttention {
  private static final int MASK = 3;
  private static final List<Long> SWAP_SEQUENCE_AND_HEADS = List.of(0L, 2L, 1L, 3L);

  private final Importing in;
  private final Ops ops;

  private StandardAttention(Importing in) {
    this.in = in;
    this.ops = in.ops();
  }

  static void register(Map<String, Consumer<Importing>> imports) {
    imports.put("Attention", in -> new StandardAttention(in).write());
  }

  private void write() {
    in.require(!in.has(4) && !in.has(5) && !in.has(6), "past keys and values");
    for (int i = 1; i < in.node().outputs().size(); i++) {
      in.require(in.node().outputs().get(i).isEmpty(), "an output beside the result");
    }
    Value queries = byHead("queries", 0, "q_num_heads");
    Value keys = repeated("keys", byHead("keys", 1, "kv_num_heads"), queries);
    Value values = repeated("values", byHead("values", 2, "kv_num_heads"), queries);
    Value weights = ops.softmax("weights", masked(scores(queries, keys)));
    if (in.shape(0).rank() == 4) {
      in.write("MatMul", Map.of(), weights, values);
      return;
    }
    Value rows =
        ops.transpose("rows", ops.matMul("context", weights, values), SWAP_SEQUENCE_AND_HEADS);
    long width = queries.shape().dim(1).size() * values.shape().dim(3).size();
    in.write("Reshape", Map.of(), rows, ops.longs(0, 0, width));
  }

  /** An input as [batch, heads, tokens, size]. */
  private Value byHead(String step, int index, String heads) {
    Value value = in.input(index);
    if (value.rank() == 4) {
      return value;
    }
    long count = in.node().integer(heads, 0);
    in.require(value.rank() == 3 && count > 0, "inputs of rank " + value.rank());
    Value split = ops.reshape(step + "_split", value, 0, 0, count, -1);
    return ops.transpose(step, split, SWAP_SEQUENCE_AND_HEADS);
  }

  /** Each head of keys or values as often as heads of queries share it, one behind the other. */
  private Value repeated(String step, Value value, Value queries) {
    long heads = queries.shape().dim(1).size();
    long own = value.shape().dim(1).size();
    if (own == heads) {
      return value;
    }
    in.require(own > 0 && heads % own == 0, heads + " heads of queries and " + own + " of " + step);
    Value apart = ops.unsqueeze(step + "_apart", value, 2);
    Value beside =
        ops.op(step + "_beside", "Expand", Map.of(), apart, ops.longs(1, 1, heads / own, 1, 1));
    long size = value.shape().dim(3).size();
    Value shape =
        ops.concat(
            step + "_shape",
            0,
            List.of(
                ops.dimension(step + "_records", value, 0),
                ops.longs(heads),
                ops.dimension(step + "_length", value, 2),
                ops.longs(size)));
    return ops.op(step + "_repeated", "Reshape", Map.of(), beside, shape);
  }

  private Value scores(Value queries, Value keys) {
    float given = in.node().decimal("scale", 0f);
    double size = queries.shape().dim(3).size();
    float scale = given == 0f ? (float) (1 / Math.sqrt(size)) : given;
    Value scores = ops.fusedMatMul("scores", queries, false, keys, true, scale);
    float cap = in.node().decimal("softcap", 0f);
    if (cap == 0f) {
      return scores;
    }
    Value small = ops.div("small", scores, ops.scalar(cap));
    return ops.mul("capped", ops.unary("bent", "Tanh", small), ops.scalar(cap));
  }

  private Value masked(Value scores) {
    Value result = scores;
    if (in.has(MASK)) {
      result = ops.add("masked", result, bias(in.input(MASK)));
    }
    if (in.node().integer("is_causal", 0) == 1) {
      Value later = ops.op("later", "Greater", Map.of(), places(1, 2, 0), places(0, 2, 1));
      result = ops.add("causal", result, lowest(later));
    }
    return result;
  }

  /** What is added: a mask of numbers itself; where a mask of truth values is false the lowest. */
  private Value bias(Value mask) {
    return mask.type() == DataType.BOOL ? lowest(ops.unary("left_out", "Not", mask)) : mask;
  }

  private Value lowest(Value condition) {
    return ops.where("lowest", condition, ops.scalar(-Float.MAX_VALUE), ops.scalar(0f));
  }

  /** 0, 1, ... for the tokens of an input, as a row or a column. */
  private Value places(int input, int rankAxis, int added) {
    Value value = in.input(input);
    Value zero = in.shared("const.long.0", Tensor.longs(new long[0], 0));
    Value one = in.shared("const.long.1", Tensor.longs(new long[0], 1));
    int axis = value.rank() == 4 ? rankAxis : rankAxis - 1;
    Value length =
        ops.op(
            "count" + input,
            "Squeeze",
            Map.of(),
            ops.dimension("all" + input, value, axis),
            ops.longs(0));
    Value places =
        ops.op("places" + input, "Range", Map.<String, Attribute>of(), zero, length, one);
    return ops.unsqueeze("beside" + input, places, added);
  }
}
