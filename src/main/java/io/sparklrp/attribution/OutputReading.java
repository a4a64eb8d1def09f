package io.sparklrp.attribution;

import io.sparklrp.model.ModelCard;
import io.sparklrp.model.Target;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import java.util.function.Function;

/** Puts a model's outputs into words: what it said, and what of it was explained. */
public interface OutputReading {
  /**
   * The reading of a model's outputs.
   *
   * @param outputs number of outputs of a row
   * @param words the text of token ids, for language models
   */
  static OutputReading of(
      ModelCard card, Target target, int outputs, Function<long[], String> words) {
    return switch (card.task()) {
      case SEQUENCE_CLASSIFICATION, IMAGE_CLASSIFICATION ->
          new ClassOutputs(card.labels(), Probability.of(card.problemType()));
      case TOKEN_CLASSIFICATION -> new TokenOutputs(card.labels());
      case QUESTION_ANSWERING -> new SpanOutputs();
      case MASKED_LANGUAGE_MODEL -> new WordOutputs(outputs, true, words);
      case CAUSAL_LANGUAGE_MODEL -> new WordOutputs(outputs, false, words);
      case EMBEDDING ->
          new VectorOutputs(
              target instanceof Target.Similarity similarity && similarity.isCosine()
                  ? "cosine"
                  : "dot");
    };
  }

  /**
   * What the model said, as far as it concerns a target; null where it says nothing but a vector.
   *
   * @param found what the engine found of the target
   * @param asked what was asked of the record
   */
  Prediction prediction(RecordRelevance found, RecordTargets asked);

  /** What was explained. */
  ExplainedTarget target(RecordRelevance found, RecordTargets asked);
}
