package io.sparklrp.spark;

import static org.apache.spark.sql.functions.monotonically_increasing_id;

import io.sparklrp.engine.Batching;
import io.sparklrp.error.JobFailedException;
import io.sparklrp.error.UserException;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.model.Numerics;
import io.sparklrp.table.ExplainedSchema;
import io.sparklrp.table.LedgerCheck;
import io.sparklrp.table.RowOrigin;
import io.sparklrp.table.RowWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
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
record ModelTrial(Batching batching, Optional<PrecisionDeviation> deviation, List<String> notes) {
  /** How many records of the input are computed in both precisions. */
  private static final int SAMPLE = 64;

  private static final String TRIAL = "spark_lrp_trial_";
  private static final String NUMBER = TRIAL + "number";

  /** Copies. */
  ModelTrial {
    notes = List.copyOf(notes);
  }

  /** Of a model in float32, or of one that has nothing to explain. */
  static ModelTrial of(Batching batching) {
    return new ModelTrial(batching, Optional.empty(), batching.note().stream().toList());
  }

  /**
   * What is tried.
   *
   * @param request what is asked
   * @param rows the records
   * @param targetColumn the column that names each record's target; null for none
   * @param spec what is explained
   * @param reference the same in float32; empty where that is it
   */
  record Subject(
      ExplainRequest request,
      Dataset<Row> rows,
      String targetColumn,
      ExplainSpec spec,
      Optional<ExplainSpec> reference) {}

  /**
   * Tries a model.
   *
   * @param shipped what is explained, on its way to the executors
   * @throws UserException if it cannot be run, or its results are too far from those of float32
   * @throws JobFailedException if there is too little memory for a single record
   */
  static ModelTrial run(SparkSession session, Subject subject, ShippedSpec shipped) {
    JobDescription.say(session.sparkContext(), "Spark LRP: try the model alone and in batches");
    if (subject.reference().isEmpty()) {
      return of(BatchCheckTask.run(session, shipped));
    }
    ShippedSpec reference =
        ShippedSpec.send(
            subject.reference().get(), JavaSparkContext.fromSparkContext(session.sparkContext()));
    try {
      Batching batching = BatchCheckTask.run(session, reference);
      JobDescription.say(session.sparkContext(), "Spark LRP: compare with float32");
      return compared(session, subject, batching, reference, shipped);
    } finally {
      reference.destroy();
    }
  }

  private static ModelTrial compared(
      SparkSession session,
      Subject subject,
      Batching batching,
      ShippedSpec reference,
      ShippedSpec shipped) {
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
        Stream.concat(batching.note().stream(), Stream.of(sentence, kernel(numerics))).toList());
  }

  private static String kernel(Numerics numerics) {
    return numerics.needsExactKernel()
        ? "Products of whole numbers are exact on these executors (VNNI or AMX); weights have 8 bits."
        : "Products of whole numbers are added up in 16 bits (no VNNI), so weights have 7 bits.";
  }

  private static List<Row> explained(
      Subject subject, Dataset<Row> sample, Batching batching, ShippedSpec shipped) {
    ExplainedSchema schema = new ExplainedSchema(TRIAL);
    RowOrigin origin =
        new RowOrigin(subject.request().method(), subject.spec().card().id(), "trial");
    RunCounters counters = new RunCounters(sample.sparkSession().sparkContext());
    return new ExplainFunction(
            subject.request(),
            subject.targetColumn(),
            OnError.KEEP,
            schema,
            new RowWriter(origin, Set.of()))
        .apply(sample, shipped, batching, counters)
        .selectExpr(
            NUMBER,
            schema.sql("prediction", "index"),
            schema.sql("target", "label"),
            String.format("transform(%s, t -> t.relevance) as relevance", schema.sql("tokens")),
            LedgerCheck.relativeResidual(schema) + " as off")
        .collectAsList();
  }
}
