package io.sparklrp.spark;

import io.sparklrp.explain.ExplainSpec;
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

  ExplainPlan plan(PreparedModel prepared) {
    String targetColumn = prepared.targetColumn();
    Dataset<Row> rows = new InputTable(session, settings).open(prepared.columns(), targetColumn);
    output.checkHoldsNone(rows);
    Numerics numerics = KernelTask.numerics(session, settings.precision().precision());
    ExplainSpec spec = prepared.compile(numerics);
    long started = System.nanoTime();
    JobDescription.say(session.sparkContext(), "Spark LRP: look at text lengths");
    PartitionPlan partitions =
        PartitionPlan.of(
            rows, spec.input().estimate(), session.sparkContext().defaultParallelism());
    RowOrigin origin = new RowOrigin(prepared.method().id(), spec.card().id(), RunId.next());
    Optional<ExplainSpec> reference = prepared.reference(numerics);
    MemoryPlan memory = memory(spec, reference, partitions.partitions());
    memory.warn();
    return new ExplainPlan(
        settings.request().in(numerics),
        rows,
        targetColumn,
        spec,
        reference,
        partitions,
        memory,
        origin,
        started);
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
