package io.sparklrp.spark;

import io.sparklrp.method.Methods;
import io.sparklrp.table.Provenance;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Counts what a run wrote, and sums it up beside the output: the third step. */
final class ExplainAudit {
  private final SparkSession session;
  private final ExplainSettings settings;
  private final OutputTable output;
  private final UnreadFiles unread;

  ExplainAudit(
      SparkSession session, ExplainSettings settings, OutputTable output, UnreadFiles unread) {
    this.session = session;
    this.settings = settings;
    this.output = output;
    this.unread = unread;
  }

  /** What was done. */
  ExplainSummary ofRun(ExplainPlan plan, Provenance provenance, ExplainWrite.Done done) {
    JobDescription.say(session.sparkContext(), "Spark LRP: count what was written");
    OutputCounts.Parts found =
        OutputCounts.of(output.read(), settings.output().schema(), plan.origin().runId());
    RecordCounts counts =
        new RecordCounts(plan.partitions().records(), done.tally(), found.ofRun());
    double seconds = (System.nanoTime() - plan.started()) / 1e9;
    ExplainSummary counted =
        summary(plan, counts, notes(plan, done.trial()), found.ofRun().tokens(), seconds);
    boolean closes =
        settings.precision().precision().isFull()
            && Methods.named(plan.origin().method()).isConservative();
    List<Gate> gates =
        new QualityGates(counted, settings.gates())
            .all(closes, done.trial().deviation(), done.sample());
    ExplainSummary summary = counted.with(gates);
    if (settings.output().path() != null) {
      new Manifest(
              provenance, summary, done.trial().deviation(), found.ofRun().plus(found.others()))
          .write(settings.output().path(), session.sparkContext().hadoopConfiguration());
    }
    return summary;
  }

  private static List<String> notes(ExplainPlan plan, ModelTrial trial) {
    return Stream.concat(plan.notes().stream(), trial.notes().stream()).toList();
  }

  private ExplainSummary summary(
      ExplainPlan plan, RecordCounts counts, List<String> notes, long tokens, double seconds) {
    return new ExplainSummary(
        settings.output().name(),
        plan.origin().runId(),
        plan.already(),
        unread.paths(),
        counts,
        FailedRecords.of(
            counts.output().errors(), counts.tally().dropped(), plan.spec().card().labels()),
        seconds,
        tokens,
        plan.memory().needed(),
        plan.partitions().tasks(),
        notes,
        List.of());
  }
}
