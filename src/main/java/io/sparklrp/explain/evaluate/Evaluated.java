package io.sparklrp.explain.evaluate;

import io.sparklrp.attribution.LedgerAmounts;
import io.sparklrp.error.RecordException;
import io.sparklrp.evaluation.Curves;
import io.sparklrp.evaluation.Highlights;
import java.util.Optional;

/**
 * One method on one record.
 *
 * @param method the method's name
 * @param found what came of it; empty where it failed
 * @param failure why it failed
 */
public record Evaluated(String method, Optional<Result> found, Optional<RecordException> failure) {
  /**
   * What came of a method.
   *
   * @param label index of the explained output
   * @param tokens of the record
   * @param score the explained score
   * @param absolute the sum of all tokens' |R|
   * @param ledger where the whole score went
   * @param curves what the model says of the record with tokens replaced
   * @param plausibility agreement with what people marked
   */
  public record Result(
      long label,
      int tokens,
      double score,
      double absolute,
      LedgerAmounts ledger,
      Curves curves,
      Highlights.Agreement plausibility) {
    /** What the ledger books to constants of the model. */
    public double booked() {
      return ledger.position() + ledger.segment() + ledger.bias();
    }
  }

  static Evaluated of(String method, Result result) {
    return new Evaluated(method, Optional.of(result), Optional.empty());
  }

  static Evaluated failed(String method, RecordException failure) {
    return new Evaluated(method, Optional.empty(), Optional.of(failure));
  }
}
