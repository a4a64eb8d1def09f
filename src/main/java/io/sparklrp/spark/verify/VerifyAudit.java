package io.sparklrp.spark.verify;

import io.sparklrp.spark.output.Gate;
import io.sparklrp.spark.output.RowAudit;
import io.sparklrp.spark.output.StoredManifest;
import io.sparklrp.spark.output.WrittenRun;
import io.sparklrp.table.RowCheck;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sums up what was found of an output, and holds it against gates: the third step. */
final class VerifyAudit {
  private final VerifyPlan plan;
  private final String output;
  private final Map<RowCheck, RowAudit.Found> rows = new EnumMap<>(RowCheck.class);
  private final List<Gate> samples = new ArrayList<>();
  private long sampled;

  VerifyAudit(VerifyPlan plan) {
    this.plan = plan;
    this.output = plan.output().name();
  }

  /** Adds what was found of all rows of a recipe. */
  void add(List<RowAudit.Found> found) {
    found.forEach(one -> rows.merge(one.check(), one, RowAudit.Found::plus));
  }

  /** Adds what was found of some rows of a recipe. */
  void add(VerifyPlan.Part part, SampleResult found) {
    sampled += found.rows();
    samples.add(found.gate(output, part.explained()));
  }

  VerifySummary summary() {
    List<Gate> gates = new ArrayList<>();
    plan.output().manifest().ifPresent(manifest -> gates.addAll(ofCounts(manifest)));
    gates.add(origin());
    rows.values().forEach(found -> gates.add(ofRows(found)));
    gates.addAll(samples);
    return new VerifySummary(output, sum(), plan.runs().size(), sampled, notes(), gates);
  }

  private long sum() {
    return plan.runs().stream().mapToLong(WrittenRun::rows).sum();
  }

  private List<Gate> ofCounts(StoredManifest manifest) {
    long errors = plan.runs().stream().mapToLong(WrittenRun::errors).sum();
    long ofRun =
        plan.runs().stream()
            .filter(run -> manifest.runId().equals(run.id()))
            .mapToLong(WrittenRun::rows)
            .sum();
    return List.of(
        count("rows_missing_or_extra", "rows", sum(), manifest.rows()),
        count("errors_missing_or_extra", "rows with an error", errors, manifest.errors()),
        count(
            "rows_of_run_missing_or_extra",
            "rows of run " + manifest.runId(),
            ofRun,
            manifest.rowsOfRun()),
        Gate.none(
            "records_lost",
            manifest.lost(),
            String.format(
                "Cannot accept %s: its manifest says that %d records or rows were lost. Explain it again.",
                output, manifest.lost())));
  }

  /** How many are missing, or too many. */
  private Gate count(String name, String words, long found, long said) {
    return Gate.none(
        name,
        Math.abs(found - said),
        String.format(
            "Cannot accept %s: it holds %d %s, and its manifest says %d. Look whether files are missing, there twice, or of"
                + " a run that did not end.",
            output, found, words, said));
  }

  private Gate origin() {
    long foreign = plan.runs().stream().mapToLong(WrittenRun::foreign).sum();
    return Gate.none(
        "rows_of_no_run",
        foreign,
        String.format(
            "Cannot accept %s: %d rows name no run, or another method or model than that of their run."
                + " Look at its columns method, model_id and run_id.",
            output, foreign));
  }

  private Gate ofRows(RowAudit.Found found) {
    return Gate.atMost(
        found.check().id(),
        found.worst(),
        found.check().bound(),
        String.format(
            Locale.ROOT,
            "Cannot accept %s: %d rows do not hold together by their %s, the worst that of record %s (%s; %.0e is borne)."
                + " Look whether it was changed, and explain it again.",
            output,
            found.beyond(),
            found.check().id(),
            found.record(),
            Double.isInfinite(found.worst())
                ? "nothing fits"
                : String.format(Locale.ROOT, "off by %.1e", found.worst()),
            found.check().bound()));
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (plan.output().manifest().isEmpty()) {
      notes.add("There is no manifest beside it: how many rows there should be is not known.");
    }
    if (plan.parts().stream().anyMatch(part -> part.recipe() == null)) {
      notes.add(
          "Of some rows nothing says how they were made: neither residuals nor texts are held against that.");
    }
    if (sampled == 0) {
      notes.add("No row was made again: whether rows are what the model says is not known.");
    }
    return notes;
  }
}
