package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.forward.block.AttentionMask;
import io.sparklrp.forward.block.Block;
import io.sparklrp.forward.block.LayerNorm;
import io.sparklrp.forward.block.Linear;
import io.sparklrp.forward.block.Parameters;
import io.sparklrp.forward.block.SelfAttention;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import java.util.List;

/**
 * BERT with a sequence-classification head ({@code BertForSequenceClassification}; Devlin et al.
 * 2019).
 */
final class Bert implements Architecture {
  @Override
  public String modelType() {
    return "bert";
  }

  @Override
  public ModelGraph build(ModelConfig config, Parameters parameters) {
    return new Pass(BertConfig.of(config), parameters).build();
  }

  /** One build. */
  private static final class Pass {
    private final BertConfig config;
    private final Parameters parameters;
    private final GraphBuilder builder = new GraphBuilder("bert");
    private final Value ids = input("input_ids");
    private final Value mask = input("attention_mask");
    private final Value types = input("token_type_ids");

    Pass(BertConfig config, Parameters parameters) {
      this.config = config;
      this.parameters = parameters;
    }

    private Value input(String name) {
      return builder.input(
          name, DataType.INT64, Shape.of(Dim.symbol("batch"), Dim.symbol("sequence")));
    }

    private Block block(String module, String scope) {
      return new Block(new Ops(builder, module, scope), parameters, module);
    }

    ModelGraph build() {
      Value words = words();
      Value hidden = embeddings(words);
      Value scoreMask = AttentionMask.apply(new Ops(builder, "attention_mask", Scopes.MASK), mask);
      for (int layer = 0; layer < config.layers(); layer++) {
        hidden =
            layer(block("bert.encoder.layer." + layer, Scopes.layer(layer)), hidden, scoreMask);
      }
      Value logits = head(hidden);
      return new ModelGraph(builder.build(List.of(logits)), words.name(), logits.name());
    }

    private Value words() {
      Block block = block("bert.embeddings", Scopes.EMBEDDINGS);
      Value table =
          block.in("word_embeddings").parameter("weight", config.vocabulary(), config.hidden());
      return block.ops().gather("words", table, ids, 0);
    }

    private Value embeddings(Value words) {
      Block block = block("bert.embeddings", Scopes.EMBEDDINGS);
      Value segmentTable =
          block.in("token_type_embeddings").parameter("weight", config.types(), config.hidden());
      Value segments =
          block.ops().scoped(Scopes.SEGMENT).gather("segments", segmentTable, types, 0);
      Value sum = block.ops().add("with_segments", words, segments);
      Value all = block.ops().add("with_positions", sum, positions(block));
      return LayerNorm.apply(block.in("LayerNorm"), all, config.hidden(), config.epsilon());
    }

    private Value positions(Block block) {
      Ops ops = block.ops().scoped(Scopes.POSITION);
      Value table =
          block.in("position_embeddings").parameter("weight", config.positions(), config.hidden());
      Value length = ops.dimension("length", ids, 1);
      return ops.slice("positions", table, 0, ops.longs(0), length);
    }

    private Value layer(Block block, Value x, Value scoreMask) {
      Value context = attention(block.in("attention"), x, scoreMask);
      Block inner = block.in("intermediate").in("dense");
      Value wide = Linear.apply(inner, context, config.hidden(), config.intermediate());
      Value active = config.activation().apply(block.in("intermediate").ops(), wide);
      return output(block.in("output"), active, config.intermediate(), context);
    }

    private Value attention(Block block, Value x, Value scoreMask) {
      Block self = block.in("self");
      long size = config.hidden();
      Value query = Linear.apply(self.in("query"), x, size, size);
      Value key = Linear.apply(self.in("key"), x, size, size);
      Value value = Linear.apply(self.in("value"), x, size, size);
      Value context = SelfAttention.apply(self.ops(), query, key, value, scoreMask, config.heads());
      return output(block.in("output"), context, size, x);
    }

    private Value output(Block block, Value x, long in, Value residual) {
      Value projected = Linear.apply(block.in("dense"), x, in, config.hidden());
      Value sum = block.ops().add("residual", projected, residual);
      return LayerNorm.apply(block.in("LayerNorm"), sum, config.hidden(), config.epsilon());
    }

    private Value head(Value hidden) {
      Block pooler = block("bert.pooler.dense", Scopes.HEAD);
      Ops ops = pooler.ops();
      Value first = ops.slice("first_token", hidden, 1, ops.longs(0), ops.longs(1));
      Value pooled =
          ops.unary("tanh", "Tanh", Linear.apply(pooler, first, config.hidden(), config.hidden()));
      Block classifier = block("classifier", Scopes.HEAD);
      Value rows = Linear.apply(classifier, pooled, config.hidden(), config.labels());
      return classifier.ops().reshape("logits", rows, 0, config.labels());
    }
  }
}
