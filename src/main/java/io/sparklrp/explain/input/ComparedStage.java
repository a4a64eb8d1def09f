package io.sparklrp.explain.input;

import io.sparklrp.error.RecordException;
import io.sparklrp.explain.InputRecord;
import io.sparklrp.explain.run.AskedRecord;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.model.Target;
import io.sparklrp.record.EncodedRecord;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import java.util.ArrayList;
import java.util.List;

/**
 * Explains how alike two texts are, in the first: the vector of the second is a constant of the
 * similarity, its seed.
 */
final class ComparedStage implements Stage<ComparedStage.Compared> {
  private final StageContext context;
  private final TextVectors vectors;

  ComparedStage(StageContext context) {
    this.context = context;
    this.vectors = new TextVectors(context.runner());
  }

  /**
   * Two texts.
   *
   * @param record the first
   * @param second the second
   */
  record Compared(EncodedText record, EncodedText second) implements EncodedInput {
    @Override
    public RecordTargets asked() {
      return RecordTargets.NONE;
    }

    @Override
    public boolean isTruncated() {
      return record.isTruncated() || second.isTruncated();
    }

    @Override
    public long bytes() {
      return record.bytes() + second.bytes();
    }
  }

  @Override
  public Compared encode(InputRecord record) throws RecordException {
    if (!(record instanceof InputRecord.Pair pair)) {
      throw new IllegalArgumentException("Two texts are compared, and the record has not two.");
    }
    EncodedText first = context.tokenizer().encode(pair.text(), null);
    context.resolver().resolve(first, Target.NONE, 0);
    return new Compared(first, context.tokenizer().encode(pair.second(), null));
  }

  @Override
  public List<Outcome<List<RecordRelevance>>> run(List<Compared> inputs) {
    List<Outcome<float[]>> seeds = vectors.of(inputs.stream().map(Compared::second).toList());
    List<Outcome<AskedRecord>> asked = new ArrayList<>(inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      EncodedRecord first = inputs.get(i).record();
      asked.add(seeds.get(i).map(seed -> new AskedRecord(first, RecordTargets.NONE, seed)));
    }
    return context.runner().explainUnfailed(asked);
  }
}
