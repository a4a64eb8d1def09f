package io.sparklrp.forward;

import io.sparklrp.forward.block.Block;
import io.sparklrp.forward.block.LayerNorm;
import io.sparklrp.forward.block.Linear;
import io.sparklrp.forward.block.SelfAttention;
import io.sparklrp.graph.Value;
import java.util.List;

/**
 * A layer of BERT's kind: attention, then a feed-forward part, each added to its input and
 * normalised afterwards (Vaswani et al. 2017). Architectures differ in the names of its modules.
 */
record PostNormLayer(
    String query,
    String key,
    String value,
    String attentionOutput,
    String attentionNorm,
    String intermediate,
    String output,
    String outputNorm) {
  static final PostNormLayer BERT =
      new PostNormLayer(
          "attention.self.query",
          "attention.self.key",
          "attention.self.value",
          "attention.output.dense",
          "attention.output.LayerNorm",
          "intermediate.dense",
          "output.dense",
          "output.LayerNorm");
  static final PostNormLayer DISTILBERT =
      new PostNormLayer(
          "attention.q_lin",
          "attention.k_lin",
          "attention.v_lin",
          "attention.out_lin",
          "sa_layer_norm",
          "ffn.lin1",
          "ffn.lin2",
          "output_layer_norm");
  static final PostNormLayer ALBERT =
      new PostNormLayer(
          "attention.query",
          "attention.key",
          "attention.value",
          "attention.dense",
          "attention.LayerNorm",
          "ffn",
          "ffn_output",
          "full_layer_layer_norm");
  static final PostNormLayer MPNET =
      new PostNormLayer(
          "attention.attn.q",
          "attention.attn.k",
          "attention.attn.v",
          "attention.attn.o",
          "attention.LayerNorm",
          "intermediate.dense",
          "output.dense",
          "output.LayerNorm");

  /**
   * The layer.
   *
   * @param x [batch, sequence, hidden]
   * @param added to the attention scores: mask, relative positions
   */
  Value apply(Block layer, EncoderConfig config, Value x, List<Value> added) {
    long size = config.hidden();
    Value q = Linear.apply(layer.in(query), x, size, size);
    Value k = Linear.apply(layer.in(key), x, size, size);
    Value v = Linear.apply(layer.in(value), x, size, size);
    SelfAttention attention = SelfAttention.of(size, config.heads());
    String heads = query.substring(0, query.lastIndexOf('.'));
    Value context = attention.apply(layer.in(heads).ops(), q, k, v, added);
    return afterAttention(layer, config, x, context);
  }

  /** What follows the heads: projection, feed-forward part, and both norms. */
  Value afterAttention(Block layer, EncoderConfig config, Value x, Value heads) {
    long size = config.hidden();
    Value projected = Linear.apply(layer.in(attentionOutput), heads, size, size);
    Value context = normalised(layer.in(attentionNorm), config, projected, x);
    Block inner = layer.in(intermediate);
    Value wide = Linear.apply(inner, context, size, config.intermediate());
    Value active = config.activation().apply(inner.ops(), wide);
    Value narrow = Linear.apply(layer.in(output), active, config.intermediate(), size);
    return normalised(layer.in(outputNorm), config, narrow, context);
  }

  private static Value normalised(Block norm, EncoderConfig config, Value x, Value residual) {
    Value sum = norm.ops().add("residual", x, residual);
    return LayerNorm.apply(norm, sum, config.hidden(), config.epsilon());
  }
}
