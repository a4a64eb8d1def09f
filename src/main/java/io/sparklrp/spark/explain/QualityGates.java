package io.sparklrp.spark.explain;

import io.sparklrp.spark.output.ExplainSummary;
import io.sparklrp.spark.output.Gate;
import io.sparklrp.spark.settings.GateSettings;
import io.sparklrp.spark.settings.OnError;
import io.sparklrp.spark.tally.ErrorKind;
import io.sparklrp.spark.tally.FailedRecords;
import io.sparklrp.spark.tally.PrecisionDeviation;
import io.sparklrp.spark.tally.RecordCounts;
import io.sparklrp.spark.verify.SampleResult;
import io.sparklrp.table.LedgerCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the result of a run is held against. */
final class QualityGates {
  private final ExplainSummary run;
  private final RecordCounts counts;
  private final GateSettings settings;

  QualityGates(ExplainSummary run, GateSettings settings) {
    this.run = run;
    this.counts = run.counts();
    this.settings = settings;
  }

  /**
   * All of them, the gravest first.
   *
   * @param closes whether ledgers have to close: those of a conservative method in float32
   * @param deviation how far results are from those of float32; empty where they are those
   * @param sample rows that were made again; empty where none were
   */
  List<Gate> all(
      boolean closes, Optional<PrecisionDeviation> deviation, Optional<SampleResult> sample) {
    List<Gate> gates = new ArrayList<>();
    gates.add(Gate.none("records_lost", counts.lost(), lost()));
    gates.add(Gate.none("rows_lost", Math.abs(counts.lostRows()), lost()));
    gates.add(filesUnread());
    if (counts.in() > 0 && run.already() == 0) { // what is left of others may be their errors
      gates.add(Gate.some("explained", counts.explained(), nothingExplained()));
    }
    gates.add(errorRate());
    gates.add(truncatedRate());
    gates.add(ledger(closes));
    deviation.ifPresent(found -> gates.add(deviation(found)));
    sample.ifPresent(found -> gates.add(found.gate(run.output(), counts.out())));
    return gates;
  }

  private String lost() {
    return String.format(
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
        run.runId());
  }

  /** With {@code --on-error drop} they may be left out, as long as there is something else. */
  private Gate filesUnread() {
    boolean areBorne = settings.onError() == OnError.DROP && counts.in() + run.already() > 0;
    return Gate.atMost(
        "files_unread",
        run.unread().size(),
        areBorne ? null : 0.0,
        String.format(
            "Cannot accept %s: %d files of the input could not be read, and their records are not in it, such as %s."
                + " Mend them and go on with --resume, or use --on-error drop.",
            run.output(), run.unread().size(), run.unread().stream().findFirst().orElse("")));
  }

  private Gate errorRate() {
    long failed = counts.errors() + counts.dropped();
    return Gate.atMost(
        "error_rate",
        share(failed, counts.in()),
        settings.maxErrorRate(),
        String.format(
            "Cannot accept %s: %d of %d records failed, more than --max-error-rate %s. Look at its column error.",
            run.output(), failed, counts.in(), settings.maxErrorRate()));
  }

  private Gate truncatedRate() {
    long rows = counts.out() - counts.errors();
    long cut = counts.output().truncated();
    return Gate.atMost(
        "truncated_rate",
        share(cut, rows),
        settings.maxTruncatedRate(),
        String.format(
            "Cannot accept %s: the text of %d of %d rows was cut, more than --max-truncated-rate %s."
                + " Give --stride, or a larger --max-length.",
            run.output(), cut, rows, settings.maxTruncatedRate()));
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** It was refused before the work where it is more than is borne: here it is told. */
  private Gate deviation(PrecisionDeviation found) {
    return Gate.atMost(
            "deviation",
            found.largestDifference(),
            null,
            "Cannot accept "
                + run.output()
                + ": it deviates from float32. Use --precision float32.")
        .ofSample(found.records());
  }

  private Gate ledger(boolean closes) {
    return Gate.atMost(
        "ledger",
        run.worstResidual(),
        closes ? LedgerCheck.BOUND : null,
        String.format(
            "Cannot accept %s: the ledger of a record is off by %.1e of its scale, more than %.0e."
                + " Look at its column ledger, and report it.",
            run.output(), run.worstResidual(), LedgerCheck.BOUND));
  }

  private String nothingExplained() {
    if (run.failures().all().isEmpty()) {
      return String.format(
          "Cannot accept %s: none of %d records was explained. Look at the counts above.",
          run.output(), counts.in());
    }
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
