package io.sparklrp.explain.input;

import io.sparklrp.error.RecordException;
import io.sparklrp.explain.InputRecord;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.model.Target;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import java.util.List;

/** Tokenises texts, or pairs of them, and runs them as they are. */
final class TextStage implements Stage<WholeInput> {
  private final StageContext context;
  private final OwnOutputs outputs;

  TextStage(StageContext context) {
    this.context = context;
    this.outputs = new OwnOutputs(context);
  }

  @Override
  public WholeInput encode(InputRecord record) throws RecordException {
    AskedTexts texts = AskedTexts.of(record, context, outputs);
    EncodedText encoded = context.tokenizer().encode(texts.text(), texts.pair());
    return new WholeInput(encoded, texts.asked(encoded, context));
  }

  @Override
  public List<Outcome<List<RecordRelevance>>> run(List<WholeInput> inputs) {
    return context.target() instanceof Target.Entities
        ? new EntityRun(context).run(inputs)
        : context.runner().explain(inputs.stream().map(WholeInput::toRun).toList());
  }
}
