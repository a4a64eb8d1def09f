package io.sparklrp.model;

import io.sparklrp.error.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a model's head is for, as the name of its class at Hugging Face says. */
public enum Task {
  /** One row of outputs for each text or pair: [batch, classes]. */
  SEQUENCE_CLASSIFICATION("ForSequenceClassification"),
  /** One row for each token: [batch, sequence, classes]. */
  TOKEN_CLASSIFICATION("ForTokenClassification"),
  /** Start and end of a span: [batch, sequence, 2]. */
  QUESTION_ANSWERING("ForQuestionAnswering"),
  /** A distribution over the vocabulary for each token: [batch, sequence, vocabulary]. */
  MASKED_LANGUAGE_MODEL("ForMaskedLM"),
  /** The same for the token that follows each. */
  CAUSAL_LANGUAGE_MODEL("ForCausalLM", "LMHeadModel"),
  /** One row of outputs for each image: [batch, classes]. */
  IMAGE_CLASSIFICATION("ForImageClassification", "ForImageClassificationWithTeacher"),
  /** No head: the last layer's output, [batch, sequence, hidden]. */
  EMBEDDING("EncoderModel", "Model");

  @SuppressWarnings("ImmutableEnumChecker") // List.of gives an unmodifiable list
  private final List<String> endings;

  Task(String... endings) {
    this.endings = List.of(endings);
  }

  /** The endings of the class names of a task, as messages name them. */
  private String words() {
    return "..." + endings.get(0);
  }

  /** Whether the outputs are a distribution over the vocabulary. */
  public boolean isLanguageModel() {
    return this == MASKED_LANGUAGE_MODEL || this == CAUSAL_LANGUAGE_MODEL;
  }

  /**
   * The task of a class of Hugging Face's.
   *
   * @throws UserException if it has another head
   */
  public static Task named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new UserException(
                    String.format(
                        "Cannot build the model: the head of %s is not supported. Use a checkpoint with one of: %s,"
                            + " or export the model to ONNX and give --model model.onnx.",
                        name,
                        Arrays.stream(values())
                            .map(Task::words)
                            .collect(Collectors.joining(", ")))));
  }

  /** What a user calls it, such as "masked language model". */
  public String description() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The task of a class of Hugging Face's; empty where its head is not known. */
  public static Optional<Task> find(String name) {
    return Arrays.stream(values())
        .filter(task -> task.endings.stream().anyMatch(name::endsWith))
        .findFirst();
  }
}
