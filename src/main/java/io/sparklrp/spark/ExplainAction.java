package io.sparklrp.spark;

import io.sparklrp.attribution.Provenance;
import io.sparklrp.compile.GraphStorage;
import io.sparklrp.compile.ModelAssembly;
import io.sparklrp.engine.Batching;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.error.QualityGateException;
import io.sparklrp.error.UserException;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.model.Target;
import io.sparklrp.method.Method;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Explains a table of records: the main job. */
public final class ExplainAction {
  /**
   * Spark setting: compiled graphs above this size are shipped as files instead of being one
   * broadcast.
   */
  static final String BROADCAST_LIMIT = "spark.sparklrp.broadcastLimit";

  private static final long BYTES_PER_MIB = 1L << 20;
  private static final long MIB_PER_TASK = 200;

  private final SparkSession session;
  private final ExplainSettings settings;
  private final Method method;

  /** A run that has not begun. */
  public ExplainAction(SparkSession session, ExplainSettings settings) {
    this.session = session;
    this.settings = settings;
    this.method = Methods.named(settings.method());
  }

  /**
   * Runs.
   *
   * @throws UserException if the settings do not fit the model or the input
   * @throws QualityGateException if no record was explained, too many failed, or the ledger of a
   *     conservative method does not close
   */
  public ExplainSummary run() {
    return run(summary -> {});
  }

  /**
   * Runs.
   *
   * @param told is given what the run did before that is found not good enough
   * @throws UserException if the settings do not fit the model or the input
   * @throws QualityGateException if no record was explained, too many failed, or the ledger of a
   *     conservative method does not close
   */
  public ExplainSummary run(Consumer<ExplainSummary> told) {
    ExplainSummary summary = described();
    told.accept(summary);
    if (!settings.dryRun()) {
      checkQuality(summary);
    }
    return summary;
  }

  private ExplainSummary described() {
    JobDescription before = JobDescription.of(session.sparkContext());
    try {
      return summarised();
    } finally {
      before.restore();
    }
  }

  private ExplainSummary summarised() {
    OutputTable output = new OutputTable(session, settings.output());
    if (!settings.dryRun()) {
      output.checkFree();
    }
    try (ModelDirectory directory = ModelDirectory.of(settings.model().location(), hadoop());
        GraphStorage storage = new GraphStorage(broadcastLimit())) {
      ModelAssembly assembly = ModelAssembly.open(directory.path(), settings.model().options());
      Target target = assembly.target(settings.targets());
      checkSecondText(target);
      int maxLength = assembly.lengths().maxLength(settings.limits().maxLength());
      boolean isPair = settings.columns().pair() != null && !(target instanceof Target.Similarity);
      assembly.lengths().checkLength(maxLength, isPair);
      if (settings.limits().readsWindows()) {
        assembly
            .lengths()
            .checkStride(settings.limits().stride(), maxLength, settings.columns().pair() != null);
      }
      Dataset<Row> rows =
          new InputTable(session, settings).open(column(target), assembly.readsImages());
      output.checkHoldsNone(rows);
      Program engine = assemble(assembly, target, maxLength, storage);
      return run(rows, broadcast(assembly, engine, target), output, maxLength);
    } finally {
      EngineSessions.ofJvm().closeIdle();
    }
  }

  private Program assemble(
      ModelAssembly assembly, Target target, int maxLength, GraphStorage storage) {
    return settings.limits().readsWindows()
        ? assembly.assembleWindows(method, target, maxLength, settings.limits().stride(), storage)
        : assembly.assemble(method, target, maxLength, storage);
  }

  private BroadcastModel broadcast(ModelAssembly assembly, Program engine, Target target) {
    ImageSettings images =
        assembly
            .imageProcessor()
            .map(
                processor ->
                    new ImageSettings(
                        processor, assembly.patchSize(), settings.limits().maxPixels()))
            .orElse(null);
    return new BroadcastModel(
        engine,
        assembly.modelId(),
        assembly.task(),
        assembly.labels(),
        assembly.problemType(),
        target,
        assembly.resolver(target, engine),
        settings.limits().readsWindows() ? assembly.documentRule(target, engine) : null,
        images,
        assembly.notes());
  }

  private void checkSecondText(Target target) {
    if (target instanceof Target.Similarity && settings.columns().pair() == null) {
      throw new UserException(
          "Cannot compare texts: there is no second text. Give --text-pair-column.");
    }
  }

  /** The column that names each record's target, or completes its text; null for none. */
  private static String column(Target target) {
    if (target instanceof Target.Completion completion) {
      return completion.column();
    }
    return target instanceof Target.Column named ? named.column() : null;
  }

  private long broadcastLimit() {
    return session
        .sparkContext()
        .getConf()
        .getSizeAsBytes(BROADCAST_LIMIT, Long.toString(GraphStorage.LARGEST_IN_MEMORY));
  }

  private org.apache.hadoop.conf.Configuration hadoop() {
    return session.sparkContext().hadoopConfiguration();
  }

  private ExplainSummary run(
      Dataset<Row> rows, BroadcastModel model, OutputTable output, int maxLength) {
    long started = System.nanoTime();
    describe("Spark LRP: look at text lengths");
    PartitionPlan plan = plan(rows, model, maxLength);
    if (settings.dryRun()) {
      return summary(
          plan,
          model,
          model.notes(),
          new OutputCounts(0, List.of(), 0, plan.tokens(), List.of()),
          List.of(),
          0,
          0);
    }
    OutputCounts before = countBefore(output);
    Provenance provenance =
        new Provenance(
            Provenance.SCHEMA_VERSION,
            model.modelId(),
            method.id(),
            settings.parameters(),
            Provenance.runningVersion());
    Done done = explain(rows, model, plan, output, provenance);
    describe("Spark LRP: count what was written");
    OutputCounts all = count(output);
    OutputCounts made = all.since(before);
    double seconds = (System.nanoTime() - started) / 1e9;
    ExplainSummary summary =
        summary(
            plan,
            model,
            notes(model, done.batching()),
            made,
            done.dropped(),
            dropped(plan, model, made, done.dropped()),
            seconds);
    if (settings.output().path() != null) {
      new Manifest(provenance, settings, summary, made, all)
          .write(settings.output().path(), hadoop());
    }
    return summary;
  }

  private PartitionPlan plan(Dataset<Row> rows, BroadcastModel model, int maxLength) {
    int cores = session.sparkContext().defaultParallelism();
    if (model.readsImages()) {
      return PartitionPlan.ofEqual(rows, model.images().patches(), cores);
    }
    List<String> texts =
        Stream.of(settings.columns().text(), settings.columns().pair())
            .filter(Objects::nonNull)
            .toList();
    return settings.limits().readsWindows()
        ? PartitionPlan.ofWindows(rows, texts, maxLength, settings.limits().stride(), cores)
        : PartitionPlan.of(rows, texts, maxLength, cores);
  }

  private void describe(String what) {
    session.sparkContext().setJobGroup("spark-lrp", what, false);
  }

  private OutputCounts countBefore(OutputTable output) {
    boolean appends = settings.output().mode().equals("append") && output.exists();
    return appends ? count(output) : OutputCounts.none();
  }

  private OutputCounts count(OutputTable output) {
    return OutputCounts.of(output.read(), settings.output().prefix(), method.id());
  }

  /**
   * Records that are missing in the output. Where a record can have several rows, only the tasks
   * know.
   */
  private static long dropped(
      PartitionPlan plan, BroadcastModel model, OutputCounts made, List<ErrorKind> dropped) {
    return model.engineModel().hasSeveralTargets()
        ? ErrorKind.records(dropped)
        : plan.records() - made.records();
  }

  private static List<String> notes(BroadcastModel model, Batching batching) {
    return Stream.concat(model.notes().stream(), batching.note().stream()).toList();
  }

  /**
   * What the tasks did.
   *
   * @param dropped the records that were left out, by kind of error
   * @param batching how records were batched
   */
  private record Done(List<ErrorKind> dropped, Batching batching) {}

  /** Tries the model, explains and writes. */
  private Done explain(
      Dataset<Row> rows,
      BroadcastModel model,
      PartitionPlan plan,
      OutputTable output,
      Provenance provenance) {
    RunCounters counters = new RunCounters(session.sparkContext());
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    ShippedFiles shipped = ShippedFiles.send(model.engineModel().graph().files(), context);
    Broadcast<BroadcastModel> broadcast = context.broadcast(model);
    StructType schema = OutputColumns.after(rows.schema(), settings.output().prefix(), provenance);
    ReadColumns read =
        ReadColumns.of(rows.schema(), settings, column(model.target()), model.readsImages());
    ProgressLine progress = ProgressLine.start(counters, plan.records());
    try {
      describe("Spark LRP: try the model alone and in batches");
      Batching batching =
          plan.records() == 0
              ? model.engineModel().batching()
              : BatchCheckTask.run(session, broadcast, shipped);
      describe(String.format("Spark LRP: explain %,d records by %s", plan.records(), method.id()));
      JavaRDD<InternalRow> made =
          read.of(plan.apply(rows))
              .queryExecution()
              .toRdd()
              .toJavaRDD()
              .mapPartitions(
                  new ExplainPartition(broadcast, shipped, batching, settings, read, counters));
      output.write(ExplainedRelation.of(session, made, schema));
      return new Done(counters.dropped(), batching);
    } finally {
      progress.close();
      broadcast.destroy();
      shipped.destroy();
    }
  }

  private ExplainSummary summary(
      PartitionPlan plan,
      BroadcastModel model,
      List<String> notes,
      OutputCounts counts,
      List<ErrorKind> droppedKinds,
      long dropped,
      double seconds) {
    long cores = Math.max(1, session.sparkContext().defaultParallelism());
    long overhead =
        2 * model.engineModel().graph().bytes() / BYTES_PER_MIB
            + MIB_PER_TASK * Math.min(cores, 16);
    return new ExplainSummary(
        settings.output().name(),
        plan.records(),
        counts.records(),
        dropped,
        counts.failed(),
        FailedRecords.of(counts.errors(), droppedKinds, model.labels()),
        counts.worstResidual(),
        seconds,
        counts.tokens(),
        overhead,
        plan.partitions(),
        notes);
  }

  private void checkQuality(ExplainSummary summary) {
    if (summary.recordsIn() > 0 && summary.explained() <= 0) {
      throw new QualityGateException(nothingExplained(summary));
    }
    long failed = summary.errors() + summary.dropped();
    double rate = summary.recordsIn() == 0 ? 0 : (double) failed / summary.recordsIn();
    if (settings.gates().maxErrorRate() != null && rate > settings.gates().maxErrorRate()) {
      throw new QualityGateException(
          String.format(
              "Cannot accept %s: %d of %d records failed, more than --max-error-rate %s. Look at its column error.",
              summary.output(), failed, summary.recordsIn(), settings.gates().maxErrorRate()));
    }
    if (method.isConservative() && summary.worstResidual() > OutputCounts.LEDGER_BOUND) {
      throw new QualityGateException(
          String.format(
              "Cannot accept %s: the ledger of a record is off by %.1e of its scale, more than %.0e."
                  + " Look at its column ledger, and report it.",
              summary.output(), summary.worstResidual(), OutputCounts.LEDGER_BOUND));
    }
  }

  private static String nothingExplained(ExplainSummary summary) {
    List<ErrorKind> kinds = summary.failures().all();
    String what =
        String.format(
            "Cannot accept %s: none of %d records was explained",
            summary.output(), summary.recordsIn());
    if (kinds.isEmpty()) {
      return what + ", and none came out. Look at the input: it may have changed meanwhile.";
    }
    ErrorKind first = kinds.get(0);
    boolean isNoLabel = first.kind().equals(FailedRecords.UNKNOWN_TARGET);
    List<String> labels = isNoLabel ? summary.failures().labels() : List.of();
    return String.format(
        "%s; %d failed by %s: %s %s",
        what,
        first.records(),
        first.kind(),
        first.example(),
        labels.isEmpty()
            ? "Look at the kinds of errors above."
            : "Name targets by the model's labels: " + String.join(", ", labels) + ".");
  }
}
