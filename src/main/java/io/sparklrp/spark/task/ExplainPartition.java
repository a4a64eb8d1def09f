package io.sparklrp.spark.task;

import io.sparklrp.engine.Batching;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.explain.BufferLimits;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.Explained;
import io.sparklrp.explain.Explainer;
import io.sparklrp.explain.Source;
import io.sparklrp.explain.WorkEstimate;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.spark.settings.OnError;
import io.sparklrp.spark.tally.PartitionTally;
import io.sparklrp.spark.tally.RunCounters;
import io.sparklrp.spark.tally.TaskProgress;
import io.sparklrp.table.RowWriter;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.TaskCompletionListener;

/** What a task does: explain the rows of a partition as they come, a bounded buffer at a time. */
final class ExplainPartition
    implements Function2<Integer, Iterator<InternalRow>, Iterator<InternalRow>> {
  private static final long serialVersionUID = 1L;

  private final ShippedSpec shipped;
  private final Batching batching;
  private final BatchLimits batches;
  private final OnError onError;
  private final ReadColumns columns;
  private final RowWriter values;
  private final RunCounters counters;

  ExplainPartition(
      ShippedSpec shipped,
      Batching batching,
      BatchLimits batches,
      OnError onError,
      ReadColumns columns,
      RowWriter values,
      RunCounters counters) {
    this.shipped = shipped;
    this.batching = batching;
    this.batches = batches;
    this.onError = onError;
    this.columns = columns;
    this.values = values;
    this.counters = counters;
  }

  @Override
  public Iterator<InternalRow> call(Integer partition, Iterator<InternalRow> rows) {
    ExplainSpec spec = shipped.value();
    EngineSession session = shipped.acquire();
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> session.close());
    RowReader reader = new RowReader(columns, spec.input(), spec.target(), true);
    TaskProgress progress = new TaskProgress(counters);
    WorkEstimate estimate = WorkEstimate.of(spec);
    PartitionTally tally = tally(partition, progress);
    Iterator<Source<RowReader.Carried>> records =
        new MappedRows<>(
            rows,
            row -> {
              tally.addRead();
              Source<RowReader.Carried> record = reader.read(row);
              progress.read(estimate.operations(record.record()));
              return record;
            });
    Iterator<Explained<RowReader.Carried>> explained =
        new Explainer(spec, session, batching, batches, BufferLimits.USUAL, progress)
            .explain(records);
    return new ExplainedRows(explained, values, onError, tally);
  }

  private PartitionTally tally(int partition, TaskProgress progress) {
    PartitionTally tally = new PartitionTally(partition);
    TaskContext.get()
        .addTaskCompletionListener(
            (TaskCompletionListener)
                context -> {
                  counters.addTally(tally);
                  progress.end();
                });
    return tally;
  }
}
