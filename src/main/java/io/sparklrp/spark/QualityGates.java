package io.sparklrp.spark;

import io.sparklrp.error.QualityGateException;
import io.sparklrp.table.LedgerCheck;
import java.util.List;

/** Whether the result of a run is good enough. */
final class QualityGates {
  private final ExplainSummary run;
  private final RecordCounts counts;

  QualityGates(ExplainSummary run) {
    this.run = run;
    this.counts = run.counts();
  }

  /**
   * Checks a run.
   *
   * @param maxErrorRate largest share of records that were not explained; null for any
   * @param isConservative whether the method's ledgers have to close
   * @throws QualityGateException if records were lost, none was explained, too many failed, or a
   *     ledger does not close
   */
  void check(Double maxErrorRate, boolean isConservative) {
    checkLost();
    if (counts.in() > 0 && counts.explained() <= 0) {
      throw new QualityGateException(nothingExplained());
    }
    if (maxErrorRate != null) {
      checkErrorRate(maxErrorRate);
    }
    if (isConservative) {
      checkLedger();
    }
  }

  private void checkLost() {
    if (counts.lost() == 0 && counts.lostRows() == 0) {
      return;
    }
    throw new QualityGateException(
        String.format(
            "Cannot accept %s: records were lost; of %d in the input tasks read %d, gave %d rows to %d and dropped %d,"
                + " and of those %d rows the output holds %d of run %s. Look whether the input changed"
                + " meanwhile, and whether the output's format keeps all rows.",
            run.output(),
            counts.planned(),
            counts.tally().read(),
            counts.tally().rows(),
            counts.tally().given(),
            counts.dropped(),
            counts.tally().rows(),
            counts.out(),
            run.runId()));
  }

  private void checkErrorRate(double most) {
    long failed = counts.errors() + counts.dropped();
    double rate = counts.in() == 0 ? 0 : (double) failed / counts.in();
    if (rate > most) {
      throw new QualityGateException(
          String.format(
              "Cannot accept %s: %d of %d records failed, more than --max-error-rate %s. Look at its column error.",
              run.output(), failed, counts.in(), most));
    }
  }

  private void checkLedger() {
    if (run.worstResidual() > LedgerCheck.BOUND) {
      throw new QualityGateException(
          String.format(
              "Cannot accept %s: the ledger of a record is off by %.1e of its scale, more than %.0e."
                  + " Look at its column ledger, and report it.",
              run.output(), run.worstResidual(), LedgerCheck.BOUND));
    }
  }

  private String nothingExplained() {
    ErrorKind first = run.failures().all().get(0);
    boolean isNoLabel = first.kind().equals(FailedRecords.UNKNOWN_TARGET);
    List<String> labels = isNoLabel ? run.failures().labels() : List.of();
    return String.format(
        "Cannot accept %s: none of %d records was explained; %d failed by %s: %s %s",
        run.output(),
        counts.in(),
        first.records(),
        first.kind(),
        first.example(),
        labels.isEmpty()
            ? "Look at the kinds of errors above."
            : "Name targets by the model's labels: " + String.join(", ", labels) + ".");
  }
}
