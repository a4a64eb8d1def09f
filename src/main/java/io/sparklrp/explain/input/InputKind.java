package io.sparklrp.explain.input;

import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.error.RecordException;
import io.sparklrp.explain.InputRecord;
import io.sparklrp.explain.ProbeRecords;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * A kind of input: what a record is read from, and how it is encoded, measured, run and tried.
 *
 * <p>How to add one: a class here that this interface permits, with its own {@link InputRecord} and
 * {@link io.sparklrp.record.EncodedRecord} where none of those will do. What chooses among kinds is
 * {@code compile}'s part.
 */
public sealed interface InputKind extends Serializable permits TextsInput, PatchesInput {

  /** The columns that a record is read from. */
  List<InputColumn> columns();

  /**
   * A record.
   *
   * @param values of the columns, in their order
   * @throws RecordException if a value is missing
   */
  InputRecord read(List<Object> values) throws RecordException;

  /** How many tokens a record has, before it is encoded. */
  LengthEstimate estimate();

  /** Most tokens of a record, or of a window. */
  int longest();

  /** How tokens lie in what was read, as it is told with an output; empty for texts. */
  default Optional<String> layout() {
    return Optional.empty();
  }

  /** How records are encoded and run. */
  Stage<?> stage(StageContext context);

  /**
   * Records to try a model with.
   *
   * @param tokenizer the model's; empty where it reads no texts
   */
  ProbeRecords probes(Optional<TextTokenizer> tokenizer);
}
