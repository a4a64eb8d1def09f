package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.forward.block.Activation;
import io.sparklrp.forward.block.Block;
import io.sparklrp.forward.block.LayerNorm;
import io.sparklrp.forward.block.Linear;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/** Heads that several architectures have. */
final class Heads {
  private static final String CLASSIFIER = "classifier";

  private Heads() {}

  /** The first token's row, [batch, 1, hidden]. */
  static Value firstToken(Ops ops, Value hidden) {
    return ops.slice("first_token", hidden, 1, ops.longs(0), ops.longs(1));
  }

  /**
   * One linear layer: token classification, question answering, the last layer of classifiers.
   *
   * @param x [..., size]
   * @return [..., outputs]
   */
  static Value linear(Draft draft, String module, Value x, long outputs) {
    return Linear.apply(draft.block(module, Scopes.HEAD), x, x.shape().dim(-1).size(), outputs);
  }

  /** Names of the classes, and how many. */
  private static long labels(ModelConfig config) {
    return config.labels().size();
  }

  /** BERT's: the pooler (a dense layer and tanh on the first token), then the classifier. */
  static Value pooledClassifier(Draft draft, String pooler, Value hidden) {
    Block dense = draft.block(pooler, Scopes.HEAD);
    long size = hidden.shape().dim(-1).size();
    Value pooled =
        dense
            .ops()
            .unary(
                "tanh", "Tanh", Linear.apply(dense, firstToken(dense.ops(), hidden), size, size));
    return classes(draft, CLASSIFIER, pooled);
  }

  /** A dense layer and an activation on the first token, then a classifier. */
  static Value denseClassifier(
      Draft draft, String module, Activation activation, String classifier, Value hidden) {
    Block dense = draft.block(module, Scopes.HEAD);
    long size = hidden.shape().dim(-1).size();
    Value first = firstToken(dense.ops(), hidden);
    Value active = activation.apply(dense.ops(), Linear.apply(dense, first, size, size));
    return classes(draft, classifier, active);
  }

  /** A linear layer on one row of each record, [batch, classes]. */
  static Value classes(Draft draft, String module, Value row) {
    Value rows = linear(draft, module, row, labels(draft.config()));
    return draft.single(draft.ops(module, Scopes.HEAD), rows);
  }

  /** A classifier of each token, [batch, sequence, classes]. */
  static Value tokens(Draft draft, Value hidden) {
    return linear(draft, CLASSIFIER, hidden, labels(draft.config()));
  }

  /** Start and end of a span, [batch, sequence, 2]. */
  static Value span(Draft draft, Value hidden) {
    return linear(draft, "qa_outputs", hidden, 2);
  }

  /**
   * A masked language model's head: dense layer, activation, LayerNorm, then the product with the
   * words' embeddings or a matrix of its own.
   *
   * @param dense the dense layer's module
   * @param norm the LayerNorm's module
   * @param size of an embedding
   */
  static Value transformed(
      Draft draft,
      String dense,
      Activation activation,
      String norm,
      double epsilon,
      Value hidden,
      long size) {
    Block block = draft.block(dense, Scopes.HEAD);
    Value wide = Linear.apply(block, hidden, hidden.shape().dim(-1).size(), size);
    Value active = activation.apply(block.ops(), wide);
    return LayerNorm.apply(draft.block(norm, Scopes.HEAD), active, size, epsilon);
  }

  /**
   * Whether words are scored by their embeddings. As in Hugging Face a matrix of the head's own
   * goes first where it is another one, whatever the configuration says.
   */
  private static boolean isTied(Draft draft, String own, String tied) {
    return draft.config().bool("tie_word_embeddings")
        && (!draft.parameters().has(own) || draft.parameters().areEqual(own, tied));
  }

  /**
   * Scores of all words, [..., vocabulary].
   *
   * @param own module of a matrix of its own, used where the checkpoint has it
   * @param tied name of the words' embeddings, used otherwise
   * @param bias names that the bias may have, in the order of preference
   */
  static Value words(
      Draft draft, String own, String tied, long vocabulary, Value x, String... bias) {
    Block block = draft.block(own, Scopes.HEAD);
    long size = x.shape().dim(-1).size();
    boolean isTied = isTied(draft, own + ".weight", tied);
    Value weight =
        isTied
            ? draft.parameter(tied, vocabulary, size)
            : block.parameter("weight", vocabulary, size);
    Value scores = block.ops().fusedMatMul("scores", x, false, weight, true, 1f);
    for (String name : bias) {
      if (draft.parameters().has(name)) {
        return block.ops().add("logits", scores, draft.parameter(name, vocabulary));
      }
    }
    return bias.length == 0
        ? scores
        : block.ops().add("logits", scores, draft.parameter(bias[0], vocabulary));
  }
}
