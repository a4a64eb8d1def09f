package io.sparklrp.spark.model;

import io.sparklrp.compile.GraphStorage;
import io.sparklrp.compile.ModelAssembly;
import io.sparklrp.compile.RecordShape;
import io.sparklrp.error.UserException;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.input.InputColumn;
import io.sparklrp.method.Method;
import io.sparklrp.method.MethodOptions;
import io.sparklrp.model.Numerics;
import io.sparklrp.model.ProblemType;
import io.sparklrp.model.Target;
import io.sparklrp.model.Task;
import io.sparklrp.spark.job.Ahead;
import io.sparklrp.spark.settings.ExplainRequest;
import io.sparklrp.spark.settings.Limits;
import io.sparklrp.spark.settings.ModelDirectory;
import io.sparklrp.spark.settings.RecordColumns;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The model of a run and what it is asked, checked before any record is read. To be closed. */
public final class PreparedModel implements AutoCloseable {
  /**
   * Spark setting: compiled graphs above this size in all are shipped as files instead of being one
   * broadcast.
   */
  static final String BROADCAST_LIMIT = "spark.sparklrp.broadcastLimit";

  private final ExplainRequest request;
  private final Method method;
  private final ModelDirectory directory;
  private final GraphStorage storage;
  private final ModelAssembly assembly;
  private final Target target;
  private final int maxLength;
  private Ahead<ExplainSpec> compiled;

  /**
   * Opens a model.
   *
   * @param mostInMemory bytes of graphs that are no files, all together
   * @throws UserException if the settings do not fit it
   */
  PreparedModel(ExplainRequest request, Configuration hadoop, long mostInMemory) {
    this.request = request;
    this.method = request.options().method(request.method());
    this.directory = ModelDirectory.of(request.model().location(), hadoop);
    this.storage = new GraphStorage(mostInMemory);
    try {
      this.assembly =
          ModelAssembly.open(directory.path(), request.model().options())
              .booking(request.options().detail());
      this.target = assembly.target(request.targets());
      this.maxLength = checkedLength();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private int checkedLength() {
    Limits limits = request.limits();
    boolean hasPair = request.columns().pair() != null;
    boolean compares = target instanceof Target.Similarity;
    if (compares && !hasPair) {
      throw new UserException(
          "Cannot compare texts: there is no second text. Give --text-pair-column.");
    }
    int length = assembly.lengths().maxLength(limits.maxLength());
    assembly.lengths().checkLength(length, hasPair && !compares);
    if (limits.readsWindows()) {
      assembly.lengths().checkStride(limits.stride(), length, hasPair);
    }
    return length;
  }

  /** The model of a session, whose settings say how large a broadcast may be. */
  public static PreparedModel of(ExplainRequest request, SparkSession session) {
    return new PreparedModel(
        request,
        session.sparkContext().hadoopConfiguration(),
        mostInMemory(session.sparkContext().getConf()));
  }

  /**
   * Bytes of graphs that are no files, as it is set.
   *
   * @throws UserException if that is no size
   */
  static long mostInMemory(SparkConf conf) {
    try {
      return conf.getSizeAsBytes(BROADCAST_LIMIT, Long.toString(GraphStorage.MOST_IN_MEMORY));
    } catch (NumberFormatException e) {
      throw new UserException(
          String.format(
              "Cannot send the model by %s=%s: it is no size. Set it to one, such as 64m.",
              BROADCAST_LIMIT, conf.get(BROADCAST_LIMIT)));
    }
  }

  /** What is asked. */
  public ExplainRequest request() {
    return request;
  }

  /** The method. */
  Method method() {
    return method;
  }

  /** Content hash of the model. */
  public String modelId() {
    return assembly.modelId();
  }

  /** The columns that the model reads. */
  public List<InputColumn> columns() {
    return assembly.columns(records());
  }

  /** The column that names each record's target, or completes its text; null for none. */
  public String targetColumn() {
    if (target instanceof Target.Completion completion) {
      return completion.column();
    }
    return target instanceof Target.Column named ? named.column() : null;
  }

  /** Begins to compile in float32, which every precision needs, while others go on. */
  public synchronized void compileAhead() {
    if (compiled == null) {
      compiled = Ahead.start("the compiled model", () -> compiled(Numerics.FLOAT32));
    }
  }

  /** What tasks need, compiled to some numbers. */
  public ExplainSpec compile(Numerics numerics) {
    compileAhead();
    ExplainSpec full = compiled.get();
    return numerics.precision().isFull() ? full : compiled(numerics);
  }

  /** What results in some numbers are compared with; empty where they are float32 themselves. */
  public Optional<ExplainSpec> reference(Numerics numerics) {
    return numerics.precision().isFull()
        ? Optional.empty()
        : Optional.of(compile(Numerics.FLOAT32));
  }

  private ExplainSpec compiled(Numerics numerics) {
    return assembly.in(numerics).explain(method, target, records(), storage);
  }

  /**
   * What tasks need for another method, in float32.
   *
   * @param options say how finely its ledger books
   */
  public ExplainSpec explained(Method other, MethodOptions options) {
    return assembly.booking(options.detail()).explain(other, target, records(), storage);
  }

  /**
   * The same of records whose tokens can be replaced.
   *
   * @param replacement {@code unk}, {@code mask}, {@code pad} or a token
   * @throws UserException if the model has no such token
   */
  public ExplainSpec perturbable(Method other, MethodOptions options, String replacement) {
    return assembly
        .booking(options.detail())
        .perturbable(other, target, records(), replacement, storage);
  }

  /**
   * Checks what tokens are to be replaced by.
   *
   * @throws UserException if the model has no such token
   */
  public void checkReplacement(String replacement) {
    assembly.checkReplacement(replacement);
  }

  /** What the model's outputs are. */
  public Task task() {
    return assembly.task();
  }

  /** What the outputs of a classifier are. */
  public ProblemType problemType() {
    return assembly.problemType();
  }

  private RecordShape records() {
    RecordColumns columns = request.columns();
    Limits limits = request.limits();
    return new RecordShape(
        new InputColumn(columns.text(), "--text-column", InputColumn.Type.TEXT),
        Optional.ofNullable(columns.pair())
            .map(pair -> new InputColumn(pair, "--text-pair-column", InputColumn.Type.TEXT)),
        new InputColumn(columns.image(), "--image-column", InputColumn.Type.PICTURE),
        maxLength,
        limits.stride(),
        limits.maxPixels());
  }

  @Override
  public void close() {
    if (compiled != null) {
      compiled.end();
    }
    try {
      storage.close();
    } finally {
      directory.close();
    }
  }
}
