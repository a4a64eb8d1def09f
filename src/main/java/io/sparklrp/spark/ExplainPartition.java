package io.sparklrp.spark;

import io.sparklrp.runtime.Batching;
import io.sparklrp.runtime.ExplanationModel;
import io.sparklrp.runtime.RelevanceSession;
import io.sparklrp.runtime.RelevanceSessions;
import io.sparklrp.table.RowWriter;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.TaskCompletionListener;

/** What a task does: explain the rows of a partition as they come, a bounded buffer at a time. */
final class ExplainPartition
    implements Function2<Integer, Iterator<InternalRow>, Iterator<InternalRow>> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<BroadcastModel> broadcast;
  private final ShippedFiles shipped;
  private final Batching batching;
  private final ExplainSettings settings;
  private final ReadColumns columns;
  private final RowWriter values;
  private final RunCounters counters;

  ExplainPartition(
      Broadcast<BroadcastModel> broadcast,
      ShippedFiles shipped,
      Batching batching,
      ExplainSettings settings,
      ReadColumns columns,
      RowWriter values,
      RunCounters counters) {
    this.broadcast = broadcast;
    this.shipped = shipped;
    this.batching = batching;
    this.settings = settings;
    this.columns = columns;
    this.values = values;
    this.counters = counters;
  }

  @Override
  public Iterator<InternalRow> call(Integer partition, Iterator<InternalRow> rows) {
    BroadcastModel model = broadcast.value();
    RelevanceSession session = RelevanceSessions.ofJvm().acquire(located(model.engineModel()));
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> session.close());
    RecordReader reader = new RecordReader(settings, model, columns);
    BufferExplainer explainer =
        new BufferExplainer(session, model, batching, settings, values, counters);
    return new ExplainedRows(rows, columns, reader, explainer, settings, tally(partition));
  }

  private PartitionTally tally(int partition) {
    PartitionTally tally = new PartitionTally(partition);
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> counters.addTally(tally));
    return tally;
  }

  /** The model with its graph's files, if any were shipped, where they are on this machine. */
  private ExplanationModel located(ExplanationModel model) {
    return shipped.isEmpty() ? model : model.in(shipped.directory());
  }
}
