package io.sparklrp.spark.explain;

import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.WorkEstimate;
import io.sparklrp.model.Numerics;
import io.sparklrp.spark.input.InputTable;
import io.sparklrp.spark.input.RunInput;
import io.sparklrp.spark.job.JobDescription;
import io.sparklrp.spark.model.MemoryPlan;
import io.sparklrp.spark.model.PreparedModel;
import io.sparklrp.spark.model.TriedModel;
import io.sparklrp.spark.output.OutputTable;
import io.sparklrp.spark.resume.RecordsToDo;
import io.sparklrp.spark.resume.Resumption;
import io.sparklrp.spark.settings.ExplainRequest;
import io.sparklrp.spark.settings.ExplainSettings;
import io.sparklrp.spark.spread.SpreadInput;
import io.sparklrp.spark.spread.TaskSizing;
import io.sparklrp.spark.task.KernelTask;
import io.sparklrp.table.RowOrigin;
import java.util.Optional;
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

  /** A plan, which is to be closed. */
  ExplainPlan plan(PreparedModel prepared) {
    prepared.compileAhead();
    String targetColumn = prepared.targetColumn();
    Dataset<Row> rows =
        new InputTable(session, settings, input.batch(), input.unread())
            .open(prepared.columns(), targetColumn);
    output.checkHoldsNone(rows);
    TaskSizing.taskSeconds(session);
    MemoryPlan.isEqualOnce(session);
    Numerics numerics = KernelTask.numerics(session, settings.precision().precision());
    ExplainRequest request = settings.request().in(numerics);
    ExplainSpec spec = prepared.compile(numerics);
    Optional<ExplainSpec> reference = prepared.reference(numerics);
    long started = System.nanoTime();
    RecordsToDo toDo =
        RecordsToDo.of(new Resumption(settings, output, request, spec), input, rows, targetColumn);
    TriedModel tried = TriedModel.start(session, spec, reference);
    try {
      JobDescription.say(session.sparkContext(), "Spark LRP: look at text lengths");
      SpreadInput spread =
          SpreadInput.of(
              toDo.rows(),
              WorkEstimate.of(spec),
              () -> TaskSizing.of(session, tried.found().operationsPerSecond()));
      MemoryPlan memory =
          MemoryPlan.told(
              session,
              spec,
              reference,
              settings.limits().batchTokens(settings.precision().precision()),
              spread.plan().tasks());
      return new ExplainPlan(
          request,
          spread,
          toDo.already(spread.plan().records()),
          tried,
          targetColumn,
          spec,
          memory,
          origin(request, spec.card().id()),
          started);
    } catch (Exception e) { // Spark's own are checked, but Scala does not declare them
      tried.close();
      throw e;
    }
  }

  private RowOrigin origin(ExplainRequest request, String modelId) {
    RowOrigin next = request.origin(modelId);
    return input.batch() == null
        ? next
        : new RowOrigin(next.method(), modelId, input.batch().runId());
  }
}
