package io.sparklrp.explain.input;

import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.error.RecordException;
import io.sparklrp.explain.InputRecord;
import io.sparklrp.explain.ProbeRecords;
import io.sparklrp.explain.window.DocumentRule;
import java.util.List;
import java.util.Optional;

/**
 * One text, or two of which the second is long, read in overlapping windows.
 *
 * @param texts the column of texts, and that of second texts where there is one
 * @param maxLength most tokens of a window
 * @param stride tokens that consecutive windows share
 * @param rule how the target is explained in a document
 */
public record WindowsInput(List<InputColumn> texts, int maxLength, int stride, DocumentRule rule)
    implements InputKind {
  /** Copies. */
  public WindowsInput {
    texts = List.copyOf(texts);
  }

  @Override
  public List<InputColumn> columns() {
    return texts;
  }

  @Override
  public InputRecord read(List<Object> values) throws RecordException {
    String first = texts.get(0).text(values.get(0));
    return texts.size() == 1
        ? new InputRecord.Text(first)
        : new InputRecord.Pair(first, texts.get(1).text(values.get(1)));
  }

  @Override
  public LengthEstimate estimate() {
    List<String> names = texts.stream().map(InputColumn::name).toList();
    return new LengthEstimate.InWindows(names, maxLength, stride);
  }

  @Override
  public int longest() {
    return maxLength;
  }

  @Override
  public Stage<?> stage(StageContext context) {
    return new WindowsStage(context, rule);
  }

  @Override
  public ProbeRecords probes(Optional<TextTokenizer> tokenizer) {
    return ProbeRecords.of(tokenizer.orElseThrow());
  }
}
