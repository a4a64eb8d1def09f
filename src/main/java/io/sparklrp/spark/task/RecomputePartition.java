package io.sparklrp.spark.task;

import io.sparklrp.attribution.Result;
import io.sparklrp.engine.Batching;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.explain.BufferLimits;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.Explained;
import io.sparklrp.explain.Explainer;
import io.sparklrp.explain.Source;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.explain.run.RunListener;
import io.sparklrp.spark.settings.Limits;
import io.sparklrp.table.ExplainedSchema;
import io.sparklrp.table.RowDeviation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.TaskCompletionListener;

/** What a task does: explain the record of each row again, by itself, and compare. */
public final class RecomputePartition
    implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  private final ShippedSpec shipped;
  private final ReadColumns columns;
  private final boolean isNamed;
  private final int first;

  /**
   * A task.
   *
   * @param isNamed whether what rows are called by names their records
   * @param columns what records are read from, and their names
   * @param first index of the first of the output's own columns, which follow in their order
   */
  public RecomputePartition(ShippedSpec shipped, ReadColumns columns, boolean isNamed, int first) {
    this.shipped = shipped;
    this.columns = columns;
    this.isNamed = isNamed;
    this.first = first;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    ExplainSpec spec = shipped.value();
    EngineSession session = shipped.acquire();
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> session.close());
    RowReader reader = new RowReader(columns, spec.input(), spec.target(), isNamed);
    Batching alone = spec.program().batching().with(Batching.Sharing.ONE_RECORD, List.of());
    Explainer explainer =
        new Explainer(
            spec,
            session,
            alone,
            BatchLimits.ofTokens(Limits.USUAL_BATCH_TOKENS),
            BufferLimits.USUAL,
            RunListener.NONE);
    return new MappedRows<>(rows, row -> compared(reader.read(row), explainer));
  }

  private InternalRow compared(Source<RowReader.Carried> source, Explainer explainer) {
    List<Result> found = new ArrayList<>();
    Iterator<Explained<RowReader.Carried>> results = explainer.explain(List.of(source).iterator());
    results.forEachRemaining(one -> found.add(one.result()));
    RowDeviation deviation = deviation(source.carried().columns(), found);
    return new GenericInternalRow(
        new Object[] {
          UTF8String.fromString(source.carried().name()),
          deviation.value(),
          UTF8String.fromString(deviation.part())
        });
  }

  /** Whatever is in the columns, the row is not what it should be. */
  private RowDeviation deviation(InternalRow columnsOfRow, List<Result> found) {
    try {
      return RowDeviation.of(ExplainedSchema.fromRow(columnsOfRow, first), found);
    } catch (RuntimeException e) {
      return new RowDeviation(Double.POSITIVE_INFINITY, "columns");
    }
  }
}
