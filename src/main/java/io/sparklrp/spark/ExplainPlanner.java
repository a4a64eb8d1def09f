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

  ExplainPlanner(SparkSession session, ExplainSettings settings, OutputTable output) {
    this.session = session;
    this.settings = settings;
    this.output = output;
  }

  ExplainPlan plan(PreparedModel prepared) {
    String targetColumn = prepared.targetColumn();
    Dataset<Row> rows = new InputTable(session, settings).open(prepared.columns(), targetColumn);
    output.checkHoldsNone(rows);
    ExplainSpec spec = prepared.compile();
    long started = System.nanoTime();
    RecordsToDo toDo = RecordsToDo.of(settings, output, spec, rows, targetColumn);
    JobDescription.say(session.sparkContext(), "Spark LRP: look at text lengths");
    PartitionPlan partitions =
        PartitionPlan.of(
            toDo.rows(), spec.input().estimate(), session.sparkContext().defaultParallelism());
    RowOrigin origin = settings.request().origin(spec.card().id());
    long already = toDo.already(partitions.records());
    return new ExplainPlan(toDo.rows(), already, targetColumn, spec, partitions, origin, started);
  }
}
