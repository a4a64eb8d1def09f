package io.sparklrp.attribution;

import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.util.Arrays;
import java.util.function.Function;

/** The vocabulary's logits at the positions that a record asks for. */
public final class WordOutputs implements OutputReading {
  private final int vocabulary;
  private final boolean namesPositions;
  private final Function<long[], String> words;

  /**
   * Outputs of a language model.
   *
   * @param vocabulary number of outputs of a position
   * @param namesPositions whether the labels of records that ask for several positions tell which:
   *     {@code token:<i>:<word>}
   * @param words the text of token ids
   */
  public WordOutputs(int vocabulary, boolean namesPositions, Function<long[], String> words) {
    this.vocabulary = vocabulary;
    this.namesPositions = namesPositions;
    this.words = words;
  }

  private String at(RecordTargets asked, long output, String word) {
    return namesPositions && asked.positions().length > 1
        ? "token:" + asked.positions()[(int) (output / vocabulary)] + ":" + word
        : word;
  }

  private String word(long id) {
    return words.apply(new long[] {id});
  }

  @Override
  public Prediction prediction(RecordRelevance found, RecordTargets asked) {
    long first = found.target().map(TargetWeights::index).map(index -> index[0]).orElse(0L);
    int row = (int) (first / vocabulary);
    return Prediction.of(found.outputs().row(row, vocabulary), this::word, Probability.SOFTMAX);
  }

  @Override
  public ExplainedTarget target(RecordRelevance found, RecordTargets asked) {
    if (found.target().isEmpty()) {
      int index = found.predicted() % vocabulary;
      return new ExplainedTarget(index, word(index), null, null, found.score());
    }
    TargetWeights target = found.target().get();
    long[] ids = Arrays.stream(target.index()).map(output -> output % vocabulary).toArray();
    long first = target.index()[0];
    if (ids.length == 2 && target.weight()[1] < 0) {
      String label = at(asked, first, word(ids[0]));
      String against = at(asked, target.index()[1], word(ids[1]));
      return new ExplainedTarget((int) ids[0], label, (int) ids[1], against, found.score());
    }
    String label = at(asked, first, words.apply(ids));
    return new ExplainedTarget((int) ids[0], label, null, null, found.score());
  }
}
