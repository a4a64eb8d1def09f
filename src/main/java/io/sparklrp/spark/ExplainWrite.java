package io.sparklrp.spark;

import io.sparklrp.engine.Batching;
import io.sparklrp.table.RowWriter;
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
   * @param batching how records were batched
   */
  record Done(Tally tally, Batching batching) {}

  /** Explains and writes. */
  Done write(ExplainPlan plan) {
    RunCounters counters = new RunCounters(session.sparkContext());
    ProgressLine progress = ProgressLine.start(session.sparkContext(), counters, plan.partitions());
    try {
      Batching batching = batching(plan);
      say(
          String.format(
              "Spark LRP: explain %,d records by %s",
              plan.partitions().records(), plan.origin().method()));
      Dataset<Row> explained =
          new ExplainFunction(
                  settings.request(),
                  plan.targetColumn(),
                  settings.gates().onError(),
                  settings.output().schema(),
                  new RowWriter(plan.origin(), settings.output().without()))
              .apply(plan.input().rows(), plan.tried().shipped(), batching, counters);
      FirstFailure.ends(
          session.sparkContext(),
          plan.origin().runId(),
          () -> {
            output.write(explained);
            return explained;
          });
      return new Done(counters.tally(), batching);
    } finally {
      progress.close();
    }
  }

  private static Batching batching(ExplainPlan plan) {
    return plan.partitions().records() == 0
        ? plan.spec().program().batching()
        : plan.tried().found().batching();
  }

  private void say(String what) {
    JobDescription.say(session.sparkContext(), what);
  }
}
