package io.sparklrp.explain.input;

import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.error.RecordException;
import io.sparklrp.explain.InputRecord;
import io.sparklrp.explain.ProbeRecords;
import java.util.List;
import java.util.Optional;

/** One text, or two, that are tokenised. */
public sealed interface TextsInput extends InputKind
    permits TextInput, PairInput, ComparedInput, WindowsInput {

  @Override
  default InputRecord read(List<Object> values) throws RecordException {
    String first = columns().get(0).text(values.get(0));
    return columns().size() == 1
        ? new InputRecord.Text(first)
        : new InputRecord.Pair(first, columns().get(1).text(values.get(1)));
  }

  @Override
  default LengthEstimate estimate() {
    return new LengthEstimate.Cut(names(), longest());
  }

  /** Names of the columns. */
  default List<String> names() {
    return columns().stream().map(InputColumn::name).toList();
  }

  @Override
  default ProbeRecords probes(Optional<TextTokenizer> tokenizer) {
    return ProbeRecords.of(tokenizer.orElseThrow());
  }
}
