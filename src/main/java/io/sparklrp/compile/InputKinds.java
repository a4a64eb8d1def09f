package io.sparklrp.compile;

import io.sparklrp.explain.input.ComparedInput;
import io.sparklrp.explain.input.InputColumn;
import io.sparklrp.explain.input.InputKind;
import io.sparklrp.explain.input.PairInput;
import io.sparklrp.explain.input.PatchesInput;
import io.sparklrp.explain.input.TextInput;
import io.sparklrp.explain.input.WindowsInput;
import io.sparklrp.model.Target;
import java.util.List;

/** Chooses the kind of input, by what the model reads and what is asked. */
final class InputKinds {
  private InputKinds() {}

  /** The columns that a model reads of its records. */
  static List<InputColumn> columns(ModelSource source, RecordShape records) {
    return source.tokenizer().isEmpty() ? List.of(records.image()) : records.texts();
  }

  /**
   * The kind of a model's records.
   *
   * @param outputs number of outputs of a row
   */
  static InputKind of(ModelSource source, Target target, RecordShape records, int outputs) {
    if (source.tokenizer().isEmpty()) {
      return new PatchesInput(
          records.image(),
          source.imageProcessor().orElseThrow(),
          source.patchSize(),
          records.maxPixels());
    }
    if (records.readsWindows()) {
      return new WindowsInput(
          records.texts(),
          records.maxLength(),
          records.stride(),
          DocumentRules.of(target, outputs));
    }
    return records
        .pair()
        .map(second -> ofTwo(target, records, second))
        .orElseGet(() -> new TextInput(records.text(), records.maxLength()));
  }

  private static InputKind ofTwo(Target target, RecordShape records, InputColumn second) {
    return target instanceof Target.Similarity
        ? new ComparedInput(records.text(), second, records.maxLength())
        : new PairInput(records.text(), second, records.maxLength());
  }
}
