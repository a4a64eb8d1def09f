package io.sparklrp.spark.model;

import static org.apache.spark.sql.functions.monotonically_increasing_id;

import io.sparklrp.engine.Batching;
import io.sparklrp.error.UserException;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.model.Numerics;
import io.sparklrp.spark.job.JobDescription;
import io.sparklrp.spark.settings.ExplainRequest;
import io.sparklrp.spark.settings.OnError;
import io.sparklrp.spark.tally.PrecisionDeviation;
import io.sparklrp.spark.tally.RunCounters;
import io.sparklrp.spark.task.BatchCheckTask;
import io.sparklrp.spark.task.ExplainFunction;
import io.sparklrp.spark.task.ShippedSpec;
import io.sparklrp.table.ExplainedSchema;
import io.sparklrp.table.LedgerCheck;
import io.sparklrp.table.RowOrigin;
import io.sparklrp.table.RowWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What was found when a model was tried on the executors, before the work: how records share
 * batches, and, where it computes in fewer bits, how far its results are from those of float32. A
 * model that cannot be used ends the run here.
 *
 * @param batching which records may share a batch
 * @param deviation how far results are from those of float32; empty where they are those
 * @param notes what a user should know of it, a sentence each
 */
public record ModelTrial(
    Batching batching, Optional<PrecisionDeviation> deviation, List<String> notes) {
  /** How many records of the input are computed in both precisions. */
  private static final int SAMPLE = 64;

  /** Of float32's time: more than this is no gain, as far as a short trial can tell. */
  private static final double GAINS = 0.95;

  private static final String TRIAL = "spark_lrp_trial_";
  private static final String NUMBER = TRIAL + "number";

  /** Copies. */
  public ModelTrial {
    notes = List.copyOf(notes);
  }

  /** Of a model in float32, or of one that has nothing to explain. */
  public static ModelTrial of(Batching batching) {
    return new ModelTrial(batching, Optional.empty(), batching.note().stream().toList());
  }

  /**
   * What is tried.
   *
   * @param request what is asked
   * @param rows the records
   * @param targetColumn the column that names each record's target; null for none
   * @param batches how large a batch may be
   */
  public record Subject(
      ExplainRequest request, Dataset<Row> rows, String targetColumn, BatchLimits batches) {}

  /**
   * Compares a model with itself in float32.
   *
   * @param tried what the model's own trial found
   * @param reference the model in float32
   * @param shipped the model as it is going to be run
   * @throws UserException if its results are too far from those of float32
   */
  static ModelTrial compared(
      Subject subject, BatchCheckTask.Found tried, ShippedSpec reference, ShippedSpec shipped) {
    Batching batching = tried.batching();
    SparkSession session = subject.rows().sparkSession();
    JobDescription.say(session.sparkContext(), "Spark LRP: compare with float32");
    Dataset<Row> rows = subject.rows();
    Dataset<Row> sample =
        session
            .createDataFrame(rows.limit(SAMPLE).collectAsList(), rows.schema())
            .coalesce(1)
            .withColumn(NUMBER, monotonically_increasing_id());
    PrecisionDeviation found =
        PrecisionDeviation.of(
            explained(subject, sample, batching, reference),
            explained(subject, sample, batching, shipped));
    Numerics numerics = subject.request().numerics();
    String sentence = found.sentence(numerics.precision().id());
    if (!found.isWithin(subject.request().maxDeviation())) {
      throw new UserException(
          String.format(
              "Cannot explain in %s: the deviation exceeds --max-deviation %s. %s Use --precision float32, or give"
                  + " a larger --max-deviation.",
              numerics.precision().id(), subject.request().maxDeviation(), sentence));
    }
    return new ModelTrial(
        batching,
        Optional.of(found),
        Stream.of(
                batching.note().stream(),
                Stream.of(sentence, kernel(numerics)),
                speed(numerics, tried.timeBesideFull()).stream())
            .flatMap(notes -> notes)
            .toList());
  }

  private static String kernel(Numerics numerics) {
    return numerics.needsExactKernel()
        ? "Products of whole numbers are exact on these executors (VNNI or AMX); weights have 8 bits."
        : "Weights have 7 bits, so that products of whole numbers are exact on processors without VNNI too.";
  }

  /**
   * What fewer bits gain there: a run's precision is what was asked for, whatever a clock said.
   *
   * @param time of a record over that in float32; not a number where it is not known
   */
  static Optional<String> speed(Numerics numerics, double time) {
    if (Double.isNaN(time)) {
      return Optional.empty();
    }
    String precision = numerics.precision().id();
    return Optional.of(
        time < GAINS
            ? String.format(Locale.ROOT, "A record takes %.2f of its time in float32 there.", time)
            : String.format(
                Locale.ROOT,
                "%s gains nothing there: a record takes %.2f of its time in float32. Use --precision float32.",
                precision,
                time));
  }

  private static List<Row> explained(
      Subject subject, Dataset<Row> sample, Batching batching, ShippedSpec shipped) {
    ExplainedSchema schema = new ExplainedSchema(TRIAL);
    RowOrigin origin =
        new RowOrigin(subject.request().method(), shipped.value().card().id(), "trial");
    RunCounters counters = new RunCounters(sample.sparkSession().sparkContext());
    return new ExplainFunction(
            subject.request(),
            subject.targetColumn(),
            OnError.KEEP,
            schema,
            new RowWriter(origin, Set.of()))
        .apply(sample, shipped, batching, subject.batches(), counters)
        .selectExpr(
            NUMBER,
            schema.sql("prediction", "index"),
            schema.sql("target", "label"),
            String.format("transform(%s, t -> t.relevance) as relevance", schema.sql("tokens")),
            LedgerCheck.relativeResidual(schema) + " as off")
        .collectAsList();
  }
}
