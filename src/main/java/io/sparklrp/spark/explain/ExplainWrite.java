package io.sparklrp.spark.explain;

import io.sparklrp.model.Precision;
import io.sparklrp.spark.job.JobDescription;
import io.sparklrp.spark.model.ModelTrial;
import io.sparklrp.spark.output.OutputTable;
import io.sparklrp.spark.output.RowNames;
import io.sparklrp.spark.settings.ExplainSettings;
import io.sparklrp.spark.settings.NamedColumn;
import io.sparklrp.spark.spread.ProgressLine;
import io.sparklrp.spark.tally.RunCounters;
import io.sparklrp.spark.tally.Tally;
import io.sparklrp.spark.task.ExplainFunction;
import io.sparklrp.spark.task.FirstFailure;
import io.sparklrp.spark.verify.SampleCheck;
import io.sparklrp.spark.verify.SampleResult;
import io.sparklrp.table.ExplainedSchema;
import io.sparklrp.table.RowWriter;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Explains the records of a plan and writes them: the second step. */
final class ExplainWrite {
  private final SparkSession session;
  private final ExplainSettings settings;
  private final OutputTable output;

  ExplainWrite(SparkSession session, ExplainSettings settings, OutputTable output) {
    this.session = session;
    this.settings = settings;
    this.output = output;
  }

  /**
   * What the tasks did.
   *
   * @param tally what became of records, as they tell
   * @param trial what was found before, how records are batched among it
   * @param sample rows that were made again; empty where none were
   */
  record Done(Tally tally, ModelTrial trial, Optional<SampleResult> sample) {}

  /** Explains and writes. */
  Done write(ExplainPlan plan) {
    RunCounters counters = new RunCounters(session.sparkContext());
    ProgressLine progress = ProgressLine.start(session.sparkContext(), counters, plan.partitions());
    try {
      ModelTrial trial = plan.trial();
      say(
          String.format(
              "Spark LRP: explain %,d records by %s",
              plan.partitions().records(), plan.origin().method()));
      Dataset<Row> explained =
          new ExplainFunction(
                  plan.request(),
                  plan.targetColumn(),
                  settings.gates().onError(),
                  settings.output().schema(),
                  new RowWriter(plan.origin(), settings.output().without()))
              .apply(
                  plan.input().rows(),
                  plan.tried().shipped(),
                  trial.batching(),
                  plan.memory().batches(),
                  counters);
      FirstFailure.ends(
          session.sparkContext(),
          plan.origin().runId(),
          () -> {
            output.write(explained);
            return explained;
          });
      return new Done(counters.tally(), trial, sample(plan));
    } finally {
      progress.close();
    }
  }

  /** Rows are made again while executors have the model. */
  private Optional<SampleResult> sample(ExplainPlan plan) {
    int size = settings.gates().sample();
    if (size == 0 || plan.partitions().records() == 0) {
      return Optional.empty();
    }
    say("Spark LRP: make a sample of rows again");
    ExplainedSchema schema = settings.output().schema();
    Column isOurs = NamedColumn.of(schema.name("run_id")).equalTo(plan.origin().runId());
    Dataset<Row> rows = output.readWith(plan.input().kept().rows().schema()).where(isOurs);
    Column name = RowNames.of(rows, settings.columns().id());
    Precision precision = plan.request().numerics().precision();
    return Optional.of(
        new SampleCheck(
                plan.tried().shipped(),
                precision,
                plan.targetColumn(),
                schema,
                name,
                settings.columns().id() != null)
            .run(rows, size, plan.origin().runId().hashCode()));
  }

  private void say(String what) {
    JobDescription.say(session.sparkContext(), what);
  }
}
