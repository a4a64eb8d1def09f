package io.sparklrp.forward;

import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.error.UserException;
import io.sparklrp.model.Task;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which head a checkpoint has whose {@code config.json} names no class: what the names of its
 * tensors tell, or what its {@code model_type} is where there is none but the word embeddings.
 */
final class StoredHead {
  /** What Hugging Face's models call the part below their heads. */
  private static final Pattern BASE =
      Pattern.compile(
          "(albert|bert|deberta|deit|distilbert|electra|model|mpnet|roberta|transformer|vit)\\..*");

  private static final List<String> MASKED =
      List.of(
          "cls.predictions.",
          "generator_predictions.",
          "lm_head.dense.",
          "predictions.",
          "vocab_transform.");

  private final ModelConfig config;
  private final Collection<String> names;

  private StoredHead(Checkpoint checkpoint) {
    this.config = checkpoint.config();
    this.names = checkpoint.weights().names();
  }

  static StoredHead of(Checkpoint checkpoint) {
    return new StoredHead(checkpoint);
  }

  /**
   * The task.
   *
   * @throws UserException if the tensors are of several heads, of one that several classes have, or
   *     of one that is not known
   */
  Task task() {
    Set<Task> found = EnumSet.noneOf(Task.class);
    if (hasBelow("qa_outputs.")) {
      found.add(Task.QUESTION_ANSWERING);
    }
    if (MASKED.stream().anyMatch(this::hasBelow)) {
      found.add(Task.MASKED_LANGUAGE_MODEL);
    } else if (hasBelow("lm_head.")) {
      found.add(Task.CAUSAL_LANGUAGE_MODEL);
    }
    addClassifiers(found);
    if (found.size() > 1) {
      throw unclear(
          "its tensors may be those of "
              + found.stream().map(Task::description).collect(Collectors.joining(" or ")));
    }
    return found.isEmpty() ? withoutHead() : found.iterator().next();
  }

  private void addClassifiers(Set<Task> found) {
    boolean isModernBert = config.modelType().equals("modernbert");
    if (isModernBert && hasBelow("head.")) {
      found.add(
          hasBelow("classifier.") ? Task.SEQUENCE_CLASSIFICATION : Task.MASKED_LANGUAGE_MODEL);
    }
    if (isModernBert && hasBelow("classifier.")) {
      found.add(Task.TOKEN_CLASSIFICATION);
    } else if (readsImages() && (hasBelow("classifier.") || hasBelow("cls_classifier."))) {
      found.add(Task.IMAGE_CLASSIFICATION);
    } else if (hasBelow("classifier.") || hasBelow("pre_classifier.") || hasBelow("score.")) {
      found.add(isOfOneRow() ? Task.SEQUENCE_CLASSIFICATION : Task.TOKEN_CLASSIFICATION);
    }
  }

  private boolean readsImages() {
    return List.of("deit", "vit").contains(config.modelType());
  }

  /** Classifiers of texts make one row of all tokens first, or have no bias. */
  private boolean isOfOneRow() {
    return hasBelow("classifier.dense.")
        || hasBelow("pre_classifier.")
        || (hasBelow("score.") && !names.contains("score.bias"))
        || names.stream().anyMatch(name -> name.matches("((bert|albert)\\.)?pooler\\..*"));
  }

  /** A head that shares the word embeddings has no tensors of its own. */
  private Task withoutHead() {
    Set<String> others = new TreeSet<>();
    if (names.stream().anyMatch(name -> BASE.matcher(name).matches())) {
      names.stream()
          .filter(name -> !BASE.matcher(name).matches())
          .map(name -> name.replaceFirst("\\..*", ""))
          .forEach(others::add);
    }
    if (!others.isEmpty()) {
      throw unclear("the tensors " + String.join(", ", others) + " are of no head that is known");
    }
    boolean isTied = config.bool("tie_word_embeddings", false);
    return config.isCausalType() && isTied ? Task.CAUSAL_LANGUAGE_MODEL : Task.EMBEDDING;
  }

  private boolean hasBelow(String prefix) {
    return names.stream().anyMatch(name -> name.startsWith(prefix));
  }

  private static UserException unclear(String reason) {
    return new UserException(
        String.format(
            "Cannot build the model: config.json names no class in architectures, and %s."
                + " Add the class to config.json, such as \"architectures\": [\"BertForMaskedLM\"].",
            reason));
  }
}
