package io.sparklrp.spark.explain;

import io.sparklrp.engine.Batching;
import io.sparklrp.error.UserException;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.method.MethodOptions;
import io.sparklrp.model.Numerics;
import io.sparklrp.model.Precision;
import io.sparklrp.spark.input.RequiredColumns;
import io.sparklrp.spark.job.JobDescription;
import io.sparklrp.spark.model.MemoryPlan;
import io.sparklrp.spark.model.ModelTrial;
import io.sparklrp.spark.model.PreparedModel;
import io.sparklrp.spark.model.TriedModel;
import io.sparklrp.spark.settings.ExplainRequest;
import io.sparklrp.spark.settings.ExplainSettings;
import io.sparklrp.spark.settings.Limits;
import io.sparklrp.spark.settings.ModelSettings;
import io.sparklrp.spark.settings.OnError;
import io.sparklrp.spark.settings.PrecisionSettings;
import io.sparklrp.spark.settings.RecordColumns;
import io.sparklrp.spark.tally.RunCounters;
import io.sparklrp.spark.task.ExplainFunction;
import io.sparklrp.spark.task.KernelTask;
import io.sparklrp.table.ExplainedSchema;
import io.sparklrp.table.Omission;
import io.sparklrp.table.RowOrigin;
import io.sparklrp.table.RowWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A call that explains the records of a dataset: what is asked, option by option, as the command's,
 * and then {@link #toDataset}. Options that are not named are as the command has them.
 */
public final class DatasetExplanation {
  private final Dataset<Row> rows;
  private final RecordColumns.Builder columns = RecordColumns.builder();
  private final Limits.Builder limits = Limits.builder();
  private final List<String> targets = new ArrayList<>();
  private final Set<Omission> without = EnumSet.noneOf(Omission.class);
  private ModelSettings model;
  private String method = ExplainSettings.METHOD;
  private MethodOptions options = MethodOptions.NONE;
  private String prefix = "";
  private PrecisionSettings precision = PrecisionSettings.USUAL;

  /** A call for some records. */
  public DatasetExplanation(Dataset<Row> rows) {
    this.rows = rows;
  }

  /** The model: a checkpoint's directory or ONNX file on any Hadoop path, or {@code demo}. */
  public DatasetExplanation model(String location) {
    return model(ModelSettings.of(location));
  }

  /** The model, and what its files do not say. */
  public DatasetExplanation model(ModelSettings settings) {
    this.model = settings;
    return this;
  }

  /** The column of texts. */
  public DatasetExplanation textColumn(String name) {
    columns.text(name);
    return this;
  }

  /** The column of second texts. */
  public DatasetExplanation textPairColumn(String name) {
    columns.pair(name);
    return this;
  }

  /** The column of pictures. */
  public DatasetExplanation imageColumn(String name) {
    columns.image(name);
    return this;
  }

  /** Which output is explained, as the command has it; several where it is called again. */
  public DatasetExplanation target(String written) {
    targets.add(written);
    return this;
  }

  /** The method's name. */
  public DatasetExplanation method(String name) {
    this.method = name;
    return this;
  }

  /** The method's name, and what is said of it beside. */
  public DatasetExplanation method(String name, MethodOptions ofMethod) {
    this.method = name;
    this.options = ofMethod;
    return this;
  }

  /** Most tokens of a record. */
  public DatasetExplanation maxLength(int tokens) {
    limits.maxLength(tokens);
    return this;
  }

  /** Reads longer texts in windows, consecutive ones of which share so many tokens. */
  public DatasetExplanation stride(int tokens) {
    limits.stride(tokens);
    return this;
  }

  /** Most pixels of a picture. */
  public DatasetExplanation maxPixels(long pixels) {
    limits.maxPixels(pixels);
    return this;
  }

  /** Most tokens of a batch, padding included. */
  public DatasetExplanation batchTokens(int tokens) {
    limits.batchTokens(tokens);
    return this;
  }

  /**
   * In which numbers is computed: {@code float32}, {@code mixed} or {@code int8}.
   *
   * @throws UserException if there is no such precision
   */
  public DatasetExplanation precision(String name) {
    precision =
        PrecisionSettings.of(
            Precision.named(name)
                .orElseThrow(
                    () ->
                        new UserException(
                            String.format(
                                "Cannot use precision '%s': there is none of that name. Use one of: %s.",
                                name, Precision.names()))));
    return this;
  }

  /** What is put before the names of the columns that are added. */
  public DatasetExplanation outputPrefix(String text) {
    this.prefix = text;
    return this;
  }

  /** Leaves a part of the output out: {@code logits}, {@code words} or {@code bias-by-layer}. */
  public DatasetExplanation without(String part) {
    without.add(
        Omission.of(part)
            .orElseThrow(
                () ->
                    new UserException(
                        String.format(
                            "Cannot leave out '%s': there is no such part. Use one of: %s.",
                            part, String.join(", ", Omission.ids())))));
    return this;
  }

  /**
   * The records with the columns that are added, in their partitions: a task explains one, so make
   * them of some minutes of work. Now the model is compiled and tried; rows are explained when they
   * are asked for, and again when they are asked for again. A record that cannot be explained comes
   * out with its error.
   *
   * @throws UserException if what is asked does not fit the model or the records
   */
  public Dataset<Row> toDataset() {
    return JobDescription.putBackAfter(rows.sparkSession().sparkContext(), this::made);
  }

  private Dataset<Row> made() {
    Numerics numerics = KernelTask.numerics(rows.sparkSession(), precision.precision());
    ExplainRequest request = request().in(numerics);
    if (rows.isStreaming()) {
      throw new UserException(
          "Cannot explain a stream of records: a dataset is explained as a whole. Call this in foreachBatch.");
    }
    SparkContext context = rows.sparkSession().sparkContext();
    try (PreparedModel prepared = PreparedModel.of(request, rows.sparkSession())) {
      ExplainedSchema schema = new ExplainedSchema(prefix);
      RequiredColumns required = new RequiredColumns(rows);
      required.check(prepared.columns(), request.columns().id(), prepared.targetColumn());
      required.refuseClashes(schema);
      ExplainSpec spec = prepared.compile(numerics);
      Optional<ExplainSpec> reference = prepared.reference(numerics);
      BatchLimits batches =
          MemoryPlan.told(
                  rows.sparkSession(),
                  spec,
                  reference,
                  limits.build().batchTokens(numerics.precision()),
                  Integer.MAX_VALUE)
              .batches();
      TriedModel tried = TriedModel.start(rows.sparkSession(), spec, reference);
      Batching batching =
          tried(tried, new ModelTrial.Subject(request, rows, prepared.targetColumn(), batches));
      RowOrigin origin = request.origin(spec.card().id());
      RowWriter values = new RowWriter(origin, without);
      return new ExplainFunction(request, prepared.targetColumn(), OnError.KEEP, schema, values)
          .apply(rows, tried.shipped(), batching, batches, new RunCounters(context));
    }
  }

  /** The model stays with the executors for as long as the dataset does. */
  private static Batching tried(TriedModel model, ModelTrial.Subject subject) {
    try {
      Batching batching = model.on(subject).batching();
      model.endReference();
      return batching;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private ExplainRequest request() {
    if (model == null) {
      throw new UserException(
          "Cannot explain the records: no model is named. Call model(...), with demo or a directory.");
    }
    return new ExplainRequest(
        model,
        columns.build(),
        method,
        options,
        targets.isEmpty() ? List.of(ExplainSettings.TARGET) : targets,
        limits.build(),
        Numerics.of(precision.precision()),
        precision.maxDeviation());
  }
}
