package io.sparklrp.spark.verify;

import static org.apache.spark.sql.functions.lit;

import io.sparklrp.engine.EngineSessions;
import io.sparklrp.error.QualityGateException;
import io.sparklrp.error.UserException;
import io.sparklrp.spark.job.JobDescription;
import io.sparklrp.spark.output.ExplainedOutput;
import io.sparklrp.spark.output.Gate;
import io.sparklrp.spark.output.RowAudit;
import io.sparklrp.spark.output.RowNames;
import io.sparklrp.spark.output.WrittenRun;
import io.sparklrp.spark.settings.NamedColumn;
import io.sparklrp.spark.settings.VerifySettings;
import io.sparklrp.spark.task.ShippedSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Looks at an output of {@code explain}, from what it holds alone: whether all rows hold together,
 * whether none is missing or there twice, and whether a sample of them is what the model says.
 */
public final class VerifyAction {
  private final SparkSession session;
  private final VerifySettings settings;

  /** A run that has not begun. */
  public VerifyAction(SparkSession session, VerifySettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /**
   * Runs.
   *
   * @param told is given what was found before that is found not good enough
   * @throws UserException if the output cannot be read, or its model is not there
   * @throws QualityGateException if something does not hold
   */
  public VerifySummary run(Consumer<VerifySummary> told) {
    VerifySummary summary = JobDescription.putBackAfter(session.sparkContext(), this::found);
    told.accept(summary);
    Gate.check(summary.gates());
    return summary;
  }

  private VerifySummary found() {
    try (VerifyPlan plan = new VerifyPlanner(session, settings).plan()) {
      VerifyAudit audit = new VerifyAudit(plan);
      for (VerifyPlan.Part part : plan.parts()) {
        audit.add(rows(plan.output(), part));
        sample(plan.output(), part).ifPresent(found -> audit.add(part, found));
      }
      return audit.summary();
    } finally {
      EngineSessions.ofJvm().closeIdle();
    }
  }

  private static Dataset<Row> of(ExplainedOutput output, VerifyPlan.Part part) {
    Column run = NamedColumn.of(output.schema().name("run_id"));
    Column isOfIt =
        part.runs().stream()
            .map(WrittenRun::id)
            .map(run::eqNullSafe)
            .reduce(Column::or)
            .orElse(lit(false));
    return output.rows().where(isOfIt);
  }

  /** All rows, each by itself. */
  private List<RowAudit.Found> rows(ExplainedOutput output, VerifyPlan.Part part) {
    say("Spark LRP: look at all rows of an output");
    Dataset<Row> rows = of(output, part);
    Column name = RowNames.of(rows, part.idColumn());
    boolean closes = part.recipe() != null && part.recipe().closes();
    return new RowAudit(
            output.schema(), Optional.ofNullable(part.recipe()).flatMap(output::texts), name)
        .of(rows).stream().filter(found -> found.isAsked(closes)).toList();
  }

  /** Some rows, made again. */
  private Optional<SampleResult> sample(ExplainedOutput output, VerifyPlan.Part part) {
    if (part.model() == null) {
      return Optional.empty();
    }
    say("Spark LRP: make a sample of rows again");
    ShippedSpec shipped =
        ShippedSpec.send(
            part.model().compile(part.model().request().numerics()),
            JavaSparkContext.fromSparkContext(session.sparkContext()));
    try {
      Dataset<Row> rows = of(output, part);
      Column name = RowNames.of(rows, part.idColumn());
      return Optional.of(
          new SampleCheck(
                  shipped,
                  part.model().request().numerics().precision(),
                  part.model().targetColumn(),
                  output.schema(),
                  name,
                  part.idColumn() != null)
              .run(rows, settings.sample(), settings.seed()));
    } finally {
      shipped.destroy();
    }
  }

  private void say(String what) {
    JobDescription.say(session.sparkContext(), what);
  }
}
