package io.sparklrp.spark.explain;

import static org.apache.spark.sql.functions.expr;

import io.sparklrp.spark.input.UnreadFiles;
import io.sparklrp.spark.job.JobDescription;
import io.sparklrp.spark.model.ModelTrial;
import io.sparklrp.spark.output.ExplainSummary;
import io.sparklrp.spark.output.Gate;
import io.sparklrp.spark.output.Manifest;
import io.sparklrp.spark.output.OutputTable;
import io.sparklrp.spark.output.RunFacts;
import io.sparklrp.spark.settings.ExplainRequest;
import io.sparklrp.spark.settings.ExplainSettings;
import io.sparklrp.spark.tally.FailedRecords;
import io.sparklrp.spark.tally.OutputCounts;
import io.sparklrp.spark.tally.RecordCounts;
import io.sparklrp.table.ExplainedSchema;
import io.sparklrp.table.Provenance;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

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
        ExplainRequest.closes(plan.origin().method(), settings.precision().precision());
    List<Gate> gates =
        new QualityGates(counted, settings.gates())
            .all(closes, done.trial().deviation(), done.sample());
    ExplainSummary summary = counted.with(gates);
    if (settings.output().path() != null) {
      new Manifest(
              provenance,
              summary,
              done.trial().deviation(),
              found.ofRun().plus(found.others()),
              new RunFacts(settings.input(), Instant.now(), seconds, session.version()))
          .write(settings.output().path(), session.sparkContext().hadoopConfiguration());
    }
    return summary;
  }

  private List<String> notes(ExplainPlan plan, ModelTrial trial) {
    return Stream.of(plan.notes(), trial.notes(), targets(plan).stream().toList())
        .flatMap(List::stream)
        .toList();
  }

  /** What values of the column that names targets became; empty where none does. */
  private Optional<String> targets(ExplainPlan plan) {
    String column = plan.targetColumn();
    StructType kept = plan.input().kept().rows().schema();
    boolean namesOutputs = settings.targets().contains("column:" + column); // and is no text
    if (!namesOutputs || !Arrays.asList(kept.fieldNames()).contains(column)) {
      return Optional.empty();
    }
    ExplainedSchema schema = settings.output().schema();
    StructType read = new StructType(new StructField[] {kept.apply(column)});
    return TargetCounts.note(
        output.readWith(read).where(expr(schema.sql("run_id")).equalTo(plan.origin().runId())),
        schema,
        column);
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
