package io.sparklrp.spark;

import io.sparklrp.attribution.AttributionBuilder;
import io.sparklrp.attribution.ClassOutputs;
import io.sparklrp.attribution.OutputReading;
import io.sparklrp.attribution.Probability;
import io.sparklrp.attribution.SpanOutputs;
import io.sparklrp.attribution.TokenOutputs;
import io.sparklrp.attribution.VectorOutputs;
import io.sparklrp.attribution.WordOutputs;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.explain.TargetResolver;
import io.sparklrp.explain.window.DocumentRule;
import io.sparklrp.model.ProblemType;
import io.sparklrp.model.Target;
import io.sparklrp.model.Task;
import java.io.Serializable;
import java.util.List;

/**
 * What is broadcast: the model that the engine runs, and what its outputs mean.
 *
 * @param engineModel graph and tokenizer
 * @param modelId content hash of the checkpoint
 * @param task what the outputs are
 * @param labels names of the classes
 * @param problemType what the outputs of a classifier are
 * @param target which output is explained
 * @param resolver says what the target means for a record
 * @param documents how the target is explained in documents of windows; null where texts are cut
 * @param images how pictures become the model's input; null for models of text
 * @param notes what a user should know of how the model was read
 */
record BroadcastModel(
    Program engineModel,
    String modelId,
    Task task,
    List<String> labels,
    ProblemType problemType,
    Target target,
    TargetResolver resolver,
    DocumentRule documents,
    ImageSettings images,
    List<String> notes)
    implements Serializable {
  BroadcastModel {
    labels = List.copyOf(labels);
    notes = List.copyOf(notes);
  }

  boolean readsImages() {
    return images != null;
  }

  /** Whether texts are read in windows. */
  boolean readsWindows() {
    return documents != null;
  }

  boolean readsWords() {
    return task.isLanguageModel();
  }

  /** Whether texts are compared with second texts, instead of being read as pairs. */
  boolean compares() {
    return target instanceof Target.Similarity;
  }

  /**
   * A builder of what comes out.
   *
   * @param tokenizer the model's; null for models of images
   */
  AttributionBuilder attributionBuilder(TextTokenizer tokenizer) {
    return new AttributionBuilder(reading(tokenizer), engineModel.ledgerEntries());
  }

  private OutputReading reading(TextTokenizer tokenizer) {
    return switch (task) {
      case SEQUENCE_CLASSIFICATION, IMAGE_CLASSIFICATION -> new ClassOutputs(labels, probability());
      case TOKEN_CLASSIFICATION -> new TokenOutputs(labels);
      case QUESTION_ANSWERING -> new SpanOutputs();
      case MASKED_LANGUAGE_MODEL, CAUSAL_LANGUAGE_MODEL ->
          new WordOutputs(
              engineModel.outputs(), task == Task.MASKED_LANGUAGE_MODEL, tokenizer::decode);
      case EMBEDDING ->
          new VectorOutputs(
              target instanceof Target.Similarity similarity && similarity.isCosine()
                  ? "cosine"
                  : "dot");
    };
  }

  private Probability probability() {
    return switch (problemType) {
      case SINGLE_LABEL_CLASSIFICATION -> Probability.SOFTMAX;
      case MULTI_LABEL_CLASSIFICATION -> Probability.SIGMOID;
      case REGRESSION -> Probability.NONE;
    };
  }
}
