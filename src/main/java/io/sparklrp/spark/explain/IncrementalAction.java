package io.sparklrp.spark.explain;

import io.sparklrp.error.JobFailedException;
import io.sparklrp.error.QualityGateException;
import io.sparklrp.error.UserException;
import io.sparklrp.model.Numerics;
import io.sparklrp.spark.input.InputBatch;
import io.sparklrp.spark.input.InputTable;
import io.sparklrp.spark.input.UnreadFiles;
import io.sparklrp.spark.job.SparkMessage;
import io.sparklrp.spark.job.UnfinishedRunException;
import io.sparklrp.spark.model.PreparedModel;
import io.sparklrp.spark.output.ExplainSummary;
import io.sparklrp.spark.output.OutputTable;
import io.sparklrp.spark.settings.ExplainSettings;
import io.sparklrp.spark.settings.InputSettings;
import io.sparklrp.spark.task.KernelTask;
import io.sparklrp.table.ResultIdentity;
import io.sparklrp.table.RunId;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;

/**
 * Explains the files of an input that are new since the last time, and adds them to an output. Each
 * batch of new files is a run of its own. One that did not end is done again, less the records that
 * it has in the output: each record is there once.
 */
public final class IncrementalAction {
  private final SparkSession session;
  private final ExplainSettings settings;
  private final String checkpoint;
  private final AtomicReference<QualityGateException> failedGate = new AtomicReference<>();

  /**
   * A run that has not begun.
   *
   * @param checkpoint the directory that says what is done, on any Hadoop path
   */
  public IncrementalAction(SparkSession session, ExplainSettings settings, String checkpoint) {
    this.session = session;
    this.settings = settings;
    this.checkpoint = checkpoint;
  }

  /**
   * Runs until no file is new.
   *
   * @param told is given what each batch did
   * @throws UserException if the settings do not fit model, input, output or checkpoint
   * @throws QualityGateException if a batch is not good enough; the others are done all the same
   */
  public void run(Consumer<ExplainSummary> told) {
    QueryCheckpoint ours =
        new QueryCheckpoint(checkpoint, session.sparkContext().hadoopConfiguration());
    ResultIdentity identity = identity();
    OutputTable output = new OutputTable(session, settings.output());
    if (ours.isNew()) {
      output.checkFree();
    }
    StructType columns =
        new InputTable(session, settings, null, new UnreadFiles(settings.gates().onError()))
            .columns();
    ours.open(query(identity));
    ExplainSettings appending = settings.appending();
    stream(
        columns,
        (rows, number) -> {
          String runId = RunId.next(identity);
          InputBatch batch = new InputBatch(rows, runId, ours.begin(number, runId));
          new ExplainAction(rows.sparkSession(), appending, batch).run(told);
        });
    if (failedGate.get() != null) {
      throw failedGate.get();
    }
  }

  private ResultIdentity identity() {
    try (PreparedModel model = PreparedModel.of(settings.request(), session)) {
      Numerics numerics = KernelTask.numerics(session, settings.precision().precision());
      return settings.request().in(numerics).identity(model.modelId());
    }
  }

  /** What the query is, by the options' names. */
  private Map<String, String> query(ResultIdentity identity) {
    Map<String, String> query = new TreeMap<>(identity.parameters());
    query.put("schema-version", Integer.toString(identity.schemaVersion()));
    query.put("model", identity.modelId());
    query.put("method", identity.method());
    query.put("input", settings.input().path());
    query.put("input-format", settings.input().format());
    settings
        .input()
        .derived()
        .forEach(column -> query.put("with-column " + column.name(), column.sql()));
    query.put("columns", String.join(",", settings.input().columns()));
    query.put("where", String.valueOf(settings.input().where()));
    query.put("output", settings.output().name());
    query.put("output-prefix", settings.output().prefix());
    return query;
  }

  /** What is done with a batch. */
  @FunctionalInterface
  private interface Work {
    void on(Dataset<Row> rows, long number);
  }

  private void stream(StructType columns, Work work) {
    InputSettings input = settings.input();
    try {
      session
          .readStream()
          .format(input.format())
          .schema(columns)
          .options(input.options())
          .option("ignoreCorruptFiles", "false")
          .load(input.path())
          .writeStream()
          .trigger(Trigger.AvailableNow())
          .option("checkpointLocation", checkpoint)
          .foreachBatch((Dataset<Row> rows, Long number) -> withoutGates(work, rows, number))
          .start()
          .awaitTermination();
    } catch (StreamingQueryException | TimeoutException e) {
      throw ended(e);
    }
  }

  /** What came out of a batch is written: whether it is good enough is said at the end. */
  private void withoutGates(Work work, Dataset<Row> rows, long number) {
    try {
      work.on(rows, number);
    } catch (QualityGateException e) {
      failedGate.compareAndSet(null, e);
    }
  }

  /** What a batch threw, which Spark wraps; of the rest its message says enough. */
  private static RuntimeException ended(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnfinishedRunException || cause instanceof UserException) {
        return (RuntimeException) cause;
      }
    }
    return new JobFailedException(
        "Cannot explain what is new: "
            + SparkMessage.of(e)
            + ". Run with --verbose for the whole story.",
        e);
  }
}
