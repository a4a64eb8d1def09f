package io.sparklrp.spark.explain;

import io.sparklrp.spark.job.JobDescription;
import io.sparklrp.spark.output.OutputTable;
import io.sparklrp.spark.settings.ExplainSettings;
import io.sparklrp.spark.settings.OnError;
import io.sparklrp.spark.settings.OutputSettings;
import io.sparklrp.spark.spread.InputPart;
import io.sparklrp.spark.spread.KeptInput;
import io.sparklrp.spark.spread.Makespan;
import io.sparklrp.spark.spread.PartitionPlan;
import io.sparklrp.spark.tally.OutputCounts;
import io.sparklrp.spark.tally.RunCounters;
import io.sparklrp.spark.task.ExplainFunction;
import io.sparklrp.table.RowWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Explains a sample of a plan's records on the cluster, all of the way to files, which go again,
 * and says what the whole would take. The sample is explained twice, a part of it first: a process
 * that has just started is slower, and the difference between both outputs tells what a file costs
 * beside its records.
 */
final class DryRun {
  private static final long SEED = 1;

  /** Work of each core, and records of all of them, for the sample. */
  private static final double SECONDS = 6;

  private static final long LEAST_RECORDS = 300;
  private static final long MOST_RECORDS = 20_000;

  /** More cores would tell no more. */
  private static final int MOST_CORES = 32;

  private final SparkSession session;
  private final ExplainSettings settings;

  DryRun(SparkSession session, ExplainSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /** What was found of a sample. */
  private record Found(
      InputPart estimated, RunCounters counters, long bytes, int files, double counting) {
    double coreSeconds() {
      return counters.taskMillis() / 1e3;
    }

    long tokens() {
      return counters.tokens().value();
    }
  }

  /**
   * What a plan would take.
   *
   * @throws UserException if the model cannot be used
   */
  RunEstimate of(ExplainPlan plan) {
    List<String> found = plan.trial().notes(); // first: a model that is refused needs no sample
    return sampled(plan).noting(found).noting(alreadyDone(plan));
  }

  private static List<String> alreadyDone(ExplainPlan plan) {
    return plan.already() == 0
        ? List.of()
        : List.of(String.format("The output holds %,d other records already.", plan.already()));
  }

  private RunEstimate sampled(ExplainPlan plan) {
    double planning = (System.nanoTime() - plan.started()) / 1e9;
    PartitionPlan partitions = plan.partitions();
    if (partitions.records() == 0) {
      return estimate(plan, 0, 0, 0, new double[3]);
    }
    JobDescription.say(session.sparkContext(), "Spark LRP: explain a sample");
    double share = share(partitions);
    try (KeptInput sample = KeptInput.onDisk(sampled(plan, share))) {
      Found first = explained(plan, sample.rows().sample(false, .5, SEED));
      Found second = explained(plan, sample.rows());
      return scaled(plan, first, second, planning);
    }
  }

  /** The share of records that take some seconds of all cores. */
  private static double share(PartitionPlan plan) {
    double operations = SECONDS * cores(plan) * plan.sizing().operationsPerSecond();
    double records = plan.records() * operations / plan.operations();
    double wanted = Math.max(LEAST_RECORDS, Math.min(MOST_RECORDS, records));
    return Math.min(1, wanted / plan.records());
  }

  private static int cores(PartitionPlan plan) {
    return Math.min(plan.sizing().cores(), MOST_CORES);
  }

  private static Dataset<Row> sampled(ExplainPlan plan, double share) {
    Dataset<Row> rows = plan.input().kept().rows();
    Dataset<Row> some = share == 1 ? rows : rows.sample(false, share, SEED);
    return some.repartition(cores(plan.partitions()));
  }

  private Found explained(ExplainPlan plan, Dataset<Row> rows) {
    RunCounters counters = new RunCounters(session.sparkContext());
    Dataset<Row> explained =
        new ExplainFunction(
                plan.request(),
                plan.targetColumn(),
                OnError.KEEP,
                settings.output().schema(),
                new RowWriter(plan.origin(), settings.output().without()))
            .apply(
                rows,
                plan.tried().shipped(),
                plan.tried().found().batching(),
                plan.memory().batches(),
                counters);
    Path place = place();
    try {
      FileSystem files = place.getFileSystem(session.sparkContext().hadoopConfiguration());
      try {
        OutputTable written = output(place);
        written.write(explained);
        double counting = secondsOfCounting(written, plan);
        InputPart estimated = InputPart.sum(InputPart.of(rows, plan.input().estimate()));
        return new Found(
            estimated,
            counters,
            files.getContentSummary(place).getLength(),
            rows.queryExecution().toRdd().getNumPartitions(),
            counting);
      } finally {
        files.delete(place, true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot write a sample to " + place + ": " + e.getMessage(), e);
    }
  }

  /** A run ends with counting what it wrote, most of which is the same for little and much. */
  private double secondsOfCounting(OutputTable written, ExplainPlan plan) {
    long started = System.nanoTime();
    OutputCounts.of(written.read(), settings.output().schema(), plan.origin().runId());
    return (System.nanoTime() - started) / 1e9;
  }

  /** Beside the output, or in the warehouse where that is a table. */
  private Path place() {
    String output = settings.output().path();
    Path beside = new Path(output == null ? session.conf().get("spark.sql.warehouse.dir") : output);
    try {
      FileSystem files = beside.getFileSystem(session.sparkContext().hadoopConfiguration());
      Path parent = files.makeQualified(beside).getParent();
      while (parent != null && parent.getParent() != null && !files.exists(parent)) {
        parent = parent.getParent();
      }
      return new Path(parent == null ? beside : parent, "spark-lrp-dry-run-" + UUID.randomUUID());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look at " + beside + ": " + e.getMessage(), e);
    }
  }

  private OutputTable output(Path place) {
    OutputSettings asked = settings.output();
    String format = asked.path() == null ? OutputSettings.FORMAT : asked.format();
    return new OutputTable(
        session,
        OutputSettings.files(place.toString())
            .format(format)
            .options(asked.path() == null ? Map.of() : asked.options())
            .prefix(asked.prefix())
            .build());
  }

  private RunEstimate scaled(ExplainPlan plan, Found first, Found second, double planning) {
    PartitionPlan partitions = plan.partitions();
    InputPart sample = second.estimated();
    if (sample.records() == 0) {
      return estimate(plan, 0, 0, 0, new double[] {0, planning, 0});
    }
    double byWork = partitions.operations() / sample.operations();
    double byTokens = partitions.all().tokens() / sample.tokens();
    double coreSeconds = second.coreSeconds() * byWork;
    double[] tasks = new double[partitions.tasks()];
    Arrays.fill(tasks, coreSeconds / tasks.length);
    double seconds = planning + Makespan.of(tasks, partitions.sizing().cores()) + first.counting();
    double ofToken = slope(first, second);
    double ofFile = Math.max(0, second.bytes() - ofToken * second.tokens()) / second.files();
    double tokens = second.tokens() * byTokens;
    double bytes = ofToken * tokens + ofFile * partitions.tasks();
    return estimate(
        plan,
        (long) tokens,
        sample.records(),
        second.counters().errors().value(),
        new double[] {coreSeconds, seconds, bytes});
  }

  /** Bytes of a token in the output, beside what a file takes whatever it holds. */
  private static double slope(Found first, Found second) {
    long tokens = second.tokens() - first.tokens();
    long bytes = second.bytes() - first.bytes();
    return tokens > 0 && bytes > 0
        ? (double) bytes / tokens
        : (double) second.bytes() / Math.max(1, second.tokens());
  }

  private RunEstimate estimate(
      ExplainPlan plan, long tokens, long sampled, long failed, double[] amounts) {
    return new RunEstimate(
        settings.output().name(),
        plan.partitions().records(),
        tokens,
        sampled,
        failed,
        plan.partitions().tasks(),
        plan.partitions().sizing().cores(),
        amounts[0],
        amounts[1],
        (long) amounts[2],
        plan.memory().needed(),
        plan.notes());
  }
}
