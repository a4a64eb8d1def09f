package io.sparklrp.spark;

import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.WorkEstimate;
import io.sparklrp.table.RowOrigin;
import io.sparklrp.table.RunId;
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

  /** A plan, which is to be closed. */
  ExplainPlan plan(PreparedModel prepared) {
    prepared.compileAhead();
    String targetColumn = prepared.targetColumn();
    Dataset<Row> rows = new InputTable(session, settings).open(prepared.columns(), targetColumn);
    output.checkHoldsNone(rows);
    TaskSizing.taskSeconds(session);
    ExplainSpec spec = prepared.compile();
    long started = System.nanoTime();
    TriedModel tried = TriedModel.start(session, spec);
    try {
      JobDescription.say(session.sparkContext(), "Spark LRP: look at text lengths");
      SpreadInput input =
          SpreadInput.of(
              rows,
              WorkEstimate.of(spec),
              () -> TaskSizing.of(session, tried.found().operationsPerSecond()));
      RowOrigin origin = new RowOrigin(prepared.method().id(), spec.card().id(), RunId.next());
      return new ExplainPlan(input, tried, targetColumn, spec, origin, started);
    } catch (Exception e) { // Spark's own are checked, but Scala does not declare them
      tried.close();
      throw e;
    }
  }
}
