package io.sparklrp.explain.input;

import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.error.RecordException;
import io.sparklrp.explain.InputRecord;
import io.sparklrp.explain.ProbeRecords;
import java.util.List;
import java.util.Optional;

/**
 * Two texts that are compared: the model reads each by itself.
 *
 * @param text the column of first texts
 * @param second the column of second texts
 * @param maxLength most tokens of each
 */
public record ComparedInput(InputColumn text, InputColumn second, int maxLength)
    implements InputKind {
  @Override
  public List<InputColumn> columns() {
    return List.of(text, second);
  }

  @Override
  public InputRecord read(List<Object> values) throws RecordException {
    return new InputRecord.Pair(text.text(values.get(0)), second.text(values.get(1)));
  }

  @Override
  public LengthEstimate estimate() {
    return new LengthEstimate.Cut(List.of(text.name(), second.name()), maxLength);
  }

  @Override
  public int longest() {
    return maxLength;
  }

  @Override
  public Stage<?> stage(StageContext context) {
    return new ComparedStage(context);
  }

  @Override
  public ProbeRecords probes(Optional<TextTokenizer> tokenizer) {
    return ProbeRecords.of(tokenizer.orElseThrow());
  }
}
