package io.sparklrp.compile;

import io.sparklrp.error.UserException;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the official code of Ali et al. (2022) explains: at what the embedding layer gives to the
 * first block, words, positions and segments together. What these add is the token's there.
 */
final class EmbeddingOutput {
  /** What users call it. */
  static final String NAME = "embedding-output";

  private static final String SCOPE = "embeddings";

  private EmbeddingOutput() {}

  /**
   * The same model, explained there.
   *
   * @param model a checkpoint's, explained at its word embeddings
   * @throws UserException if there is no such value: its rows are not the tokens, or words are read
   *     elsewhere too
   */
  static ModelGraph of(ModelGraph model) {
    Graph graph = model.graph();
    Set<String> ofWords = new HashSet<>(List.of(model.embeddings()));
    String last = model.embeddings();
    for (Node node : graph.nodes()) {
      if (reads(node, ofWords)) {
        ofWords.addAll(node.outputs());
        last = node.scope().equals(SCOPE) ? node.output() : last;
      }
    }
    if (!hasRowsOf(graph.value(model.embeddings()), graph.value(last))) {
      throw refused("its rows are not the tokens of a record");
    }
    if (passesBy(model, last)) {
      throw refused("the model reads word embeddings in other places too");
    }
    return model.at(last);
  }

  /** Whether a value has a row for each token too, if of another size. */
  private static boolean hasRowsOf(Value words, Value other) {
    return other.rank() == words.rank()
        && other.shape().dim(0).equals(words.shape().dim(0))
        && other.shape().dim(1).equals(words.shape().dim(1));
  }

  /** Whether outputs depend on words through other values. */
  private static boolean passesBy(ModelGraph model, String point) {
    if (point.equals(model.embeddings())) {
      return false;
    }
    Set<String> others = new HashSet<>(List.of(model.embeddings()));
    for (Node node : model.graph().nodes()) {
      if (reads(node, others) && !node.outputs().contains(point)) {
        others.addAll(node.outputs());
      }
    }
    return others.contains(model.logits());
  }

  private static boolean reads(Node node, Set<String> values) {
    return node.inputs().stream().anyMatch(values::contains);
  }

  private static UserException refused(String why) {
    return new UserException(
        String.format("Cannot explain the model at %s: %s. Leave out --at.", NAME, why));
  }
}
