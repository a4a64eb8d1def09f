package io.sparklrp.spark;

import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.model.Numerics;
import io.sparklrp.table.RowOrigin;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Plans a run: opens input and output, compiles the model, looks at the lengths of texts. */
final class ExplainPlanner {
  private final SparkSession session;
  private final ExplainSettings settings;
  private final OutputTable output;
  private final RunInput input;

  ExplainPlanner(
      SparkSession session, ExplainSettings settings, OutputTable output, RunInput input) {
    this.session = session;
    this.settings = settings;
    this.output = output;
    this.input = input;
  }

  ExplainPlan plan(PreparedModel prepared) {
    String targetColumn = prepared.targetColumn();
    Dataset<Row> rows =
        new InputTable(session, settings, input.batch(), input.unread())
            .open(prepared.columns(), targetColumn);
    output.checkHoldsNone(rows);
    Numerics numerics = KernelTask.numerics(session, settings.precision().precision());
    ExplainRequest request = settings.request().in(numerics);
    ExplainSpec spec = prepared.compile(numerics);
    long started = System.nanoTime();
    RecordsToDo toDo =
        RecordsToDo.of(new Resumption(settings, output, request, spec), input, rows, targetColumn);
    JobDescription.say(session.sparkContext(), "Spark LRP: look at text lengths");
    PartitionPlan partitions =
        PartitionPlan.of(
            toDo.rows(), spec.input().estimate(), session.sparkContext().defaultParallelism());
    return new ExplainPlan(
        request,
        toDo.rows(),
        toDo.already(partitions.records()),
        targetColumn,
        spec,
        prepared.reference(numerics),
        partitions,
        origin(request, spec.card().id()),
        started);
  }

  private RowOrigin origin(ExplainRequest request, String modelId) {
    RowOrigin next = request.origin(modelId);
    return input.batch() == null
        ? next
        : new RowOrigin(next.method(), modelId, input.batch().runId());
  }
}
