package io.sparklrp.spark;

import io.sparklrp.engine.Batching;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.TaskCompletionListener;

/** What a task does: explain the rows of a partition as they come, a bounded buffer at a time. */
final class ExplainPartition implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<BroadcastModel> broadcast;
  private final ShippedFiles shipped;
  private final Batching batching;
  private final ExplainSettings settings;
  private final ReadColumns columns;
  private final RunCounters counters;

  ExplainPartition(
      Broadcast<BroadcastModel> broadcast,
      ShippedFiles shipped,
      Batching batching,
      ExplainSettings settings,
      ReadColumns columns,
      RunCounters counters) {
    this.broadcast = broadcast;
    this.shipped = shipped;
    this.batching = batching;
    this.settings = settings;
    this.columns = columns;
    this.counters = counters;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    BroadcastModel model = broadcast.value();
    EngineSession session = EngineSessions.ofJvm().acquire(located(model.engineModel()));
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> session.close());
    RecordReader reader = new RecordReader(settings, model, columns);
    BufferExplainer explainer = new BufferExplainer(session, model, batching, settings, counters);
    return new ExplainedRows(
        rows, columns, reader, explainer, settings, model.modelId(), dropped());
  }

  private DroppedRecords dropped() {
    DroppedRecords dropped = new DroppedRecords(TaskContext.getPartitionId());
    if (settings.gates().onError() == OnError.DROP) {
      TaskContext.get()
          .addTaskCompletionListener(
              (TaskCompletionListener) context -> counters.addDropped(dropped));
    }
    return dropped;
  }

  /** The model with its graph's files, if any were shipped, where they are on this machine. */
  private Program located(Program model) {
    return shipped.isEmpty() ? model : model.in(shipped.directory());
  }
}
