package io.sparklrp.explain.input;

import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.error.RecordException;
import io.sparklrp.explain.InputRecord;
import io.sparklrp.explain.ProbeRecords;
import java.util.List;
import java.util.Optional;

/**
 * One text, which is cut to the longest length.
 *
 * @param text the column of texts
 * @param maxLength most tokens of a record
 */
public record TextInput(InputColumn text, int maxLength) implements InputKind {
  @Override
  public List<InputColumn> columns() {
    return List.of(text);
  }

  @Override
  public InputRecord read(List<Object> values) throws RecordException {
    return new InputRecord.Text(text.text(values.get(0)));
  }

  @Override
  public LengthEstimate estimate() {
    return new LengthEstimate.Cut(List.of(text.name()), maxLength);
  }

  @Override
  public int longest() {
    return maxLength;
  }

  @Override
  public Stage<?> stage(StageContext context) {
    return new TextStage(context);
  }

  @Override
  public ProbeRecords probes(Optional<TextTokenizer> tokenizer) {
    return ProbeRecords.of(tokenizer.orElseThrow());
  }
}
