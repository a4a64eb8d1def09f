package io.sparklrp.spark;

import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.table.RowOrigin;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Plans a run: opens input and output, compiles the model, looks at the lengths of texts. */
final class ExplainPlanner {
  private final SparkSession session;
  private final ExplainSettings settings;
  private final OutputTable output;
  private final InputBatch batch;

  ExplainPlanner(
      SparkSession session, ExplainSettings settings, OutputTable output, InputBatch batch) {
    this.session = session;
    this.settings = settings;
    this.output = output;
    this.batch = batch;
  }

  ExplainPlan plan(PreparedModel prepared) {
    String targetColumn = prepared.targetColumn();
    Dataset<Row> rows =
        new InputTable(session, settings, batch).open(prepared.columns(), targetColumn);
    output.checkHoldsNone(rows);
    ExplainSpec spec = prepared.compile();
    long started = System.nanoTime();
    RecordsToDo toDo =
        RecordsToDo.of(new Resumption(settings, output, spec), batch, rows, targetColumn);
    JobDescription.say(session.sparkContext(), "Spark LRP: look at text lengths");
    PartitionPlan partitions =
        PartitionPlan.of(
            toDo.rows(), spec.input().estimate(), session.sparkContext().defaultParallelism());
    RowOrigin origin = origin(spec.card().id());
    long already = toDo.already(partitions.records());
    return new ExplainPlan(toDo.rows(), already, targetColumn, spec, partitions, origin, started);
  }

  private RowOrigin origin(String modelId) {
    RowOrigin next = settings.request().origin(modelId);
    return batch == null ? next : new RowOrigin(next.method(), modelId, batch.runId());
  }
}
