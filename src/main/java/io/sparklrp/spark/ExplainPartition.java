package io.sparklrp.spark;

import io.sparklrp.runtime.Batching;
import io.sparklrp.runtime.ExplanationModel;
import io.sparklrp.runtime.RelevanceSession;
import io.sparklrp.runtime.RelevanceSessions;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/** What a task does: explain the rows of a partition as they come, a bounded buffer at a time. */
final class ExplainPartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<BroadcastModel> broadcast;
  private final ShippedFiles shipped;
  private final Batching batching;
  private final ExplainSettings settings;
  private final RunCounters counters;
  private final TextColumns columns;

  ExplainPartition(
      Broadcast<BroadcastModel> broadcast,
      ShippedFiles shipped,
      Batching batching,
      ExplainSettings settings,
      RunCounters counters,
      TextColumns columns) {
    this.broadcast = broadcast;
    this.shipped = shipped;
    this.batching = batching;
    this.settings = settings;
    this.counters = counters;
    this.columns = columns;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    BroadcastModel model = broadcast.value();
    RelevanceSession session = RelevanceSessions.ofJvm().acquire(located(model.engineModel()));
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> session.close());
    RecordReader reader = new RecordReader(settings, model, columns);
    BufferExplainer explainer = new BufferExplainer(session, model, batching, settings, counters);
    return new ExplainedRows(rows, reader, explainer, settings);
  }

  /** The model with its graph's files, if any were shipped, where they are on this machine. */
  private ExplanationModel located(ExplanationModel model) {
    return shipped.isEmpty() ? model : model.in(shipped.directory());
  }
}
