package io.sparklrp.compile;

import io.sparklrp.checkpoint.SentenceModules;
import io.sparklrp.error.UserException;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.pass.Pass;
import java.util.List;
import java.util.Locale;

/** Makes one vector of a model's rows of all tokens: what similarity compares. */
final class SentenceVector {
  /** How rows become one. */
  enum Pooling {
    /** The mean of the real tokens. */
    MEAN("mean"),
    /** The first token. */
    CLS("cls"),
    /** The last real token. */
    LAST("lasttoken");

    private final String mode;

    Pooling(String mode) {
      this.mode = mode;
    }

    /** The pooling that a user asks for, or sentence-transformers' files. */
    static Pooling of(SentenceModules modules, ModelOptions options) {
      if (!modules.unsupported().isEmpty()) {
        throw new UserException(
            String.format(
                "Cannot compare texts: the model asks for %s, which is not supported. Export the whole"
                    + " model to ONNX and give --model model.onnx.",
                String.join(", ", modules.unsupported())));
      }
      return options.pooling().map(Pooling::named).orElseGet(() -> of(modules.poolingModes()));
    }

    /** The pooling that a checkpoint names. */
    private static Pooling of(List<String> modes) {
      for (Pooling pooling : values()) {
        if (modes.equals(List.of(pooling.mode))) {
          return pooling;
        }
      }
      throw new UserException(
          String.format(
              "Cannot compare texts: %s. Give --pooling mean, cls or last.",
              modes.isEmpty()
                  ? "the model does not say how it makes one vector of all tokens (it has no 1_Pooling/config.json)"
                  : "the model's pooling " + modes + " is not supported"));
    }

    /** The pooling of a name that users write. */
    static Pooling named(String name) {
      for (Pooling pooling : values()) {
        if (pooling.name().toLowerCase(Locale.ROOT).equals(name)) {
          return pooling;
        }
      }
      throw new UserException(
          "Cannot use --pooling " + name + ": there is none of that name. Use mean, cls or last.");
    }
  }

  private SentenceVector() {}

  /** This pass. */
  static Pass<ModelGraph> pass(Pooling pooling, boolean isNormalised) {
    return new Pass<>(
        "sentence vector",
        "Makes one vector of the rows of all tokens.",
        model -> of(model, pooling, isNormalised));
  }

  /**
   * The model with one vector for each record as its outputs, [batch, hidden].
   *
   * @param model a model whose outputs are [batch, sequence, hidden]
   * @param isNormalised whether vectors are brought to length 1
   */
  static ModelGraph of(ModelGraph model, Pooling pooling, boolean isNormalised) {
    GraphBuilder builder = GraphBuilder.from(model.graph());
    Ops ops = new Ops(builder, "sentence", "head");
    Value rows = builder.value(model.logits());
    Value row =
        switch (pooling) {
          case MEAN ->
              io.sparklrp.forward.block.Pooling.mean(ops, rows, builder.value("attention_mask"));
          case CLS -> ops.slice("first_token", rows, 1, ops.longs(0), ops.longs(1));
          case LAST -> last(ops, rows);
        };
    Value vector = ops.reshape("vector", row, 0, rows.shape().dim(-1).size());
    Value result = isNormalised ? normalised(ops, vector) : vector;
    return new ModelGraph(builder.build(List.of(result)), model.embeddings(), result.name());
  }

  private static Value last(Ops ops, Value rows) {
    Value count = ops.reduceSum("count", ops.builder().value("attention_mask"), true, -1);
    Value at = ops.sub("at", count, ops.integer(1));
    Value depth = ops.dimension("length", rows, 1);
    Value selection = ops.oneHot("selection", at, depth);
    return ops.matMul("last_token", selection, rows);
  }

  private static Value normalised(Ops ops, Value vector) {
    Value squares = ops.mul("squares", vector, vector);
    Value length = ops.unary("length", "Sqrt", ops.reduceSum("square", squares, true, -1));
    return ops.mul("unit", vector, ops.unary("factor", "Reciprocal", length));
  }
}
