package io.sparklrp.explain.input;

import io.sparklrp.error.RecordException;
import io.sparklrp.explain.InputRecord;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.explain.window.Document;
import io.sparklrp.explain.window.DocumentRule;
import io.sparklrp.explain.window.DocumentRunner;
import io.sparklrp.explain.window.EncodedWindows;
import io.sparklrp.record.EncodedRecord;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import java.util.List;

/** Cuts documents into windows, runs these, and makes one result of theirs. */
final class WindowsStage implements Stage<WindowsStage.Windowed> {
  private final StageContext context;
  private final OwnOutputs outputs;
  private final DocumentRunner runner;

  WindowsStage(StageContext context, DocumentRule rule) {
    this.context = context;
    this.outputs = new OwnOutputs(context);
    this.runner =
        new DocumentRunner(rule, context.runner().limits().tokens(), context.runner()::explain);
  }

  /**
   * A document.
   *
   * @param windows its windows
   * @param asked what is asked of it, by its own tokens
   */
  record Windowed(EncodedWindows windows, RecordTargets asked) implements EncodedInput {
    @Override
    public EncodedRecord record() {
      return windows.document();
    }
  }

  @Override
  public Windowed encode(InputRecord record) throws RecordException {
    AskedTexts texts = AskedTexts.of(record, context, outputs);
    EncodedWindows windows = EncodedWindows.of(context.tokenizer(), texts.text(), texts.pair());
    return new Windowed(windows, texts.asked(windows.document(), context));
  }

  @Override
  public List<Outcome<List<RecordRelevance>>> run(List<Windowed> inputs) {
    List<Document> documents =
        inputs.stream().map(input -> new Document(input.windows(), input.asked())).toList();
    runner.run(documents);
    return documents.stream().map(Document::outcome).toList();
  }
}
