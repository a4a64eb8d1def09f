package io.sparklrp.spark;

import io.sparklrp.runtime.Batching;
import io.sparklrp.table.Provenance;
import io.sparklrp.table.RowWriter;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

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

  /** Tries the model, explains and writes. */
  Done write(ExplainPlan plan, Provenance provenance) {
    BroadcastModel model = plan.model();
    RunCounters counters = new RunCounters(session.sparkContext());
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    ShippedFiles shipped = ShippedFiles.send(model.engineModel().graph().files(), context);
    Broadcast<BroadcastModel> broadcast = context.broadcast(model);
    ProgressLine progress = ProgressLine.start(counters, plan.partitions().records());
    try {
      Batching batching = batching(plan, broadcast, shipped);
      say(
          String.format(
              "Spark LRP: explain %,d records by %s",
              plan.partitions().records(), plan.origin().method()));
      output.write(explained(plan, provenance, broadcast, shipped, batching, counters));
      return new Done(counters.tally(), batching);
    } finally {
      progress.close();
      broadcast.destroy();
      shipped.destroy();
    }
  }

  private Batching batching(
      ExplainPlan plan, Broadcast<BroadcastModel> broadcast, ShippedFiles shipped) {
    say("Spark LRP: try the model alone and in batches");
    return plan.partitions().records() == 0
        ? plan.model().engineModel().batching()
        : BatchCheckTask.run(session, broadcast, shipped);
  }

  private Dataset<Row> explained(
      ExplainPlan plan,
      Provenance provenance,
      Broadcast<BroadcastModel> broadcast,
      ShippedFiles shipped,
      Batching batching,
      RunCounters counters) {
    Dataset<Row> rows = plan.rows();
    ReadColumns read =
        ReadColumns.of(rows.schema(), settings, plan.targetColumn(), plan.model().readsImages());
    RowWriter values = new RowWriter(plan.origin(), settings.output().without());
    ExplainPartition task =
        new ExplainPartition(broadcast, shipped, batching, settings, read, values, counters);
    JavaRDD<InternalRow> made =
        read.of(plan.partitions().apply(rows))
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitionsWithIndex(task, false);
    return ExplainedRelation.of(
        session, made, settings.output().schema().after(rows.schema(), provenance));
  }

  private void say(String what) {
    JobDescription.say(session.sparkContext(), what);
  }
}
