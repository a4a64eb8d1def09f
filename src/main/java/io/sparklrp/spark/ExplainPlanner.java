package io.sparklrp.spark;

import io.sparklrp.relevance.Method;
import io.sparklrp.table.RowOrigin;
import io.sparklrp.table.RunId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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

  ExplainPlan plan(PreparedModel prepared, Method method) {
    String targetColumn = prepared.targetColumn();
    Dataset<Row> rows =
        new InputTable(session, settings).open(targetColumn, prepared.readsImages());
    output.checkHoldsNone(rows);
    BroadcastModel model = prepared.compile();
    long started = System.nanoTime();
    JobDescription.say(session.sparkContext(), "Spark LRP: look at text lengths");
    PartitionPlan partitions = partitions(rows, model, prepared.maxLength());
    RowOrigin origin = new RowOrigin(method.id(), model.modelId(), RunId.next());
    return new ExplainPlan(rows, targetColumn, model, partitions, origin, started);
  }

  private PartitionPlan partitions(Dataset<Row> rows, BroadcastModel model, int maxLength) {
    int cores = session.sparkContext().defaultParallelism();
    if (model.readsImages()) {
      return PartitionPlan.ofEqual(rows, model.images().patches(), cores);
    }
    RecordColumns columns = settings.columns();
    List<String> texts =
        Stream.of(columns.text(), columns.pair()).filter(Objects::nonNull).toList();
    Limits limits = settings.limits();
    return limits.readsWindows()
        ? PartitionPlan.ofWindows(rows, texts, maxLength, limits.stride(), cores)
        : PartitionPlan.of(rows, texts, maxLength, cores);
  }
}
