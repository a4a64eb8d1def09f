package io.sparklrp.spark;

import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.WorkEstimate;
import io.sparklrp.model.Numerics;
import io.sparklrp.table.RowOrigin;
import io.sparklrp.table.RunId;
import java.util.Optional;
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
    Numerics numerics = KernelTask.numerics(session, settings.precision().precision());
    ExplainSpec spec = prepared.compile(numerics);
    Optional<ExplainSpec> reference = prepared.reference(numerics);
    long started = System.nanoTime();
    TriedModel tried = TriedModel.start(session, spec, reference);
    try {
      JobDescription.say(session.sparkContext(), "Spark LRP: look at text lengths");
      SpreadInput input =
          SpreadInput.of(
              rows,
              WorkEstimate.of(spec),
              () -> TaskSizing.of(session, tried.found().operationsPerSecond()));
      RowOrigin origin = new RowOrigin(prepared.method().id(), spec.card().id(), RunId.next());
      MemoryPlan memory = memory(spec, reference, input.plan().tasks());
      memory.warn();
      return new ExplainPlan(
          settings.request().in(numerics),
          input,
          tried,
          targetColumn,
          spec,
          memory,
          origin,
          started);
    } catch (Exception e) { // Spark's own are checked, but Scala does not declare them
      tried.close();
      throw e;
    }
  }

  private MemoryPlan memory(ExplainSpec spec, Optional<ExplainSpec> reference, int tasks) {
    return MemoryPlan.of(
        spec,
        reference,
        settings.limits().batchTokens(),
        ExecutorResources.of(session.sparkContext()),
        tasks);
  }
}
