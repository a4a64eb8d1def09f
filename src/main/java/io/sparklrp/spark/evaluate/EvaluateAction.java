package io.sparklrp.spark.evaluate;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.sparklrp.engine.EngineSessions;
import io.sparklrp.error.Counted;
import io.sparklrp.error.QualityGateException;
import io.sparklrp.error.UserException;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.WorkEstimate;
import io.sparklrp.explain.input.InputColumn;
import io.sparklrp.method.MethodOptions;
import io.sparklrp.model.ProblemType;
import io.sparklrp.model.Task;
import io.sparklrp.spark.input.InputTable;
import io.sparklrp.spark.input.RequiredColumns;
import io.sparklrp.spark.input.UnreadFiles;
import io.sparklrp.spark.job.JobDescription;
import io.sparklrp.spark.model.PreparedModel;
import io.sparklrp.spark.settings.EvaluateSettings;
import io.sparklrp.spark.settings.NamedColumn;
import io.sparklrp.spark.settings.OnError;
import io.sparklrp.spark.spread.ProgressLine;
import io.sparklrp.spark.spread.SpreadInput;
import io.sparklrp.spark.spread.TaskSizing;
import io.sparklrp.spark.tally.ForwardCounters;
import io.sparklrp.spark.tally.RunCounters;
import io.sparklrp.spark.task.ReadColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;

/**
 * Evaluates methods on labelled records: each record's own label is explained by each method, and
 * the record is run again with tokens replaced as their relevance says.
 */
public final class EvaluateAction {
  private final SparkSession session;
  private final EvaluateSettings settings;

  /** An evaluation that has not begun. */
  public EvaluateAction(SparkSession session, EvaluateSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /**
   * Runs.
   *
   * @throws UserException if the settings do not fit the model or the input
   * @throws QualityGateException if records were lost, or none was evaluated
   */
  public EvaluationSummary run() {
    return JobDescription.putBackAfter(session.sparkContext(), this::evaluated);
  }

  private EvaluationSummary evaluated() {
    settings.methods().forEach(name -> MethodOptions.written(name, settings.seed()));
    MethodOptions.written(settings.against(), settings.seed());
    if (settings.limits().readsWindows()) {
      throw new UserException(
          "Cannot evaluate documents in windows: records are evaluated as a whole. Leave out --stride.");
    }
    EvaluationOutput output = new EvaluationOutput(session, settings);
    output.checkFree();
    try (PreparedModel prepared = PreparedModel.of(settings.explaining().request(), session)) {
      checkTask(prepared);
      prepared.checkReplacement(settings.replacement());
      Dataset<Row> rows = rows(prepared);
      try (EvaluatedMethods methods = EvaluatedMethods.send(session, settings, prepared);
          SpreadInput spread = spread(rows, methods)) {
        return evaluated(methods, spread, output);
      }
    } finally {
      EngineSessions.ofJvm().closeIdle();
    }
  }

  /** One output of a class or a token, of which there is a probability. */
  private static void checkTask(PreparedModel prepared) {
    Task task = prepared.task();
    boolean isClasses = task == Task.SEQUENCE_CLASSIFICATION || task == Task.IMAGE_CLASSIFICATION;
    if (!isClasses && task != Task.CAUSAL_LANGUAGE_MODEL) {
      throw new UserException(
          String.format(
              "Cannot evaluate the model: of its outputs (%s) none is a record's class. Evaluate a classifier, or a"
                  + " language model's next token.",
              task));
    }
    if (isClasses && prepared.problemType() == ProblemType.REGRESSION) {
      throw new UserException(
          "Cannot evaluate the model: its output is a number, of which there is no probability. Evaluate a classifier.");
    }
  }

  private Dataset<Row> rows(PreparedModel prepared) {
    Dataset<Row> all =
        new InputTable(session, settings.explaining(), null, new UnreadFiles(OnError.FAIL))
            .open(prepared.columns(), prepared.targetColumn());
    Dataset<Row> marked = settings.highlightColumn() == null ? all : marked(all);
    return settings.sample() == null ? marked : sample(marked, prepared.columns());
  }

  /** What people marked, as numbers. */
  private Dataset<Row> marked(Dataset<Row> rows) {
    String name = settings.highlightColumn();
    new RequiredColumns(rows).exists(name, "--highlight-column");
    DataType type = rows.schema().apply(name).dataType();
    if (!(type instanceof ArrayType array && array.elementType() instanceof NumericType)) {
      throw new UserException(
          String.format(
              "Cannot read column '%s': its type is %s. Give --highlight-column an array of a number for each word.",
              name, type.simpleString()));
    }
    return rows.withColumn(name, NamedColumn.of(name).cast("array<double>"));
  }

  /** Records are chosen by what they say, so that the same ones are, however the input lies. */
  private Dataset<Row> sample(Dataset<Row> rows, List<InputColumn> read) {
    List<Column> said = new ArrayList<>(List.of(lit(settings.seed())));
    read.forEach(column -> said.add(NamedColumn.of(column.name())));
    said.add(NamedColumn.of(settings.labelColumn()));
    return rows.orderBy(xxhash64(said.toArray(Column[]::new))).limit(settings.sample());
  }

  private SpreadInput spread(Dataset<Row> rows, EvaluatedMethods methods) {
    JobDescription.say(session.sparkContext(), "Spark LRP: look at text lengths");
    EvaluatedMethods.Sent first = methods.all().get(0);
    return SpreadInput.of(
        rows,
        WorkEstimate.of(methods.first()),
        () ->
            TaskSizing.of(
                session, first.found().operationsPerSecond() / methods.runsOfEachRecord()));
  }

  private EvaluationSummary evaluated(
      EvaluatedMethods methods, SpreadInput spread, EvaluationOutput output) {
    long started = System.nanoTime();
    RunCounters counters = new RunCounters(session.sparkContext());
    ForwardCounters forwards = new ForwardCounters(session.sparkContext());
    Dataset<Row> curves = curves(methods, spread, counters, forwards);
    JobDescription.say(
        session.sparkContext(),
        String.format(
            "Spark LRP: evaluate %s on %s",
            Counted.of(methods.all().size(), "method"),
            Counted.of(spread.plan().records(), "record")));
    ProgressLine progress = ProgressLine.start(session.sparkContext(), counters, spread.plan());
    try {
      output.writeCurves(curves);
    } finally {
      progress.close();
    }
    JobDescription.say(session.sparkContext(), "Spark LRP: sum up");
    EvaluationSummary summary =
        output.sumUp(
            methods,
            spread.plan().records(),
            new EvaluationSummary.Runs(
                forwards.asked(), forwards.ran(), (System.nanoTime() - started) / 1e9));
    summary.check();
    return summary;
  }

  private Dataset<Row> curves(
      EvaluatedMethods methods,
      SpreadInput spread,
      RunCounters counters,
      ForwardCounters forwards) {
    ExplainSpec spec = methods.first();
    Dataset<Row> rows = spread.rows();
    String id = settings.columns().id();
    ReadColumns read =
        ReadColumns.of(rows.schema(), spec.input().columns(), settings.labelColumn(), id);
    List<EvaluatePartition.Shipped> shipped =
        methods.all().stream().map(EvaluateAction::shipped).toList();
    JavaRDD<InternalRow> records = read.of(rows).queryExecution().toRdd().toJavaRDD();
    Dataset<Row> made =
        session.createDataFrame(
            records.mapPartitionsWithIndex(
                new EvaluatePartition(
                    shipped,
                    read,
                    id != null,
                    settings.highlightColumn() == null
                        ? -1
                        : rows.schema().fieldIndex(settings.highlightColumn()),
                    settings.leavesOneOut(),
                    counters,
                    forwards),
                false),
            CurveSchema.MADE);
    return CurveSchema.asWritten(made);
  }

  private static EvaluatePartition.Shipped shipped(EvaluatedMethods.Sent sent) {
    return new EvaluatePartition.Shipped(
        sent.name(), sent.model().shipped(), sent.found().batching(), sent.limits());
  }
}
