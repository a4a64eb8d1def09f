package io.sparklrp.spark;

import io.sparklrp.engine.EngineSessions;
import io.sparklrp.error.QualityGateException;
import io.sparklrp.error.UserException;
import io.sparklrp.table.Provenance;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** Explains a table of records, the main job: plan, write, audit. */
public final class ExplainAction {
  private final SparkSession session;
  private final ExplainSettings settings;
  private final ModelAhead ahead;

  /** A run that has not begun. */
  public ExplainAction(SparkSession session, ExplainSettings settings) {
    this(session, settings, ModelAhead.none());
  }

  /**
   * A run that has not begun.
   *
   * @param ahead its model, where that was opened before
   */
  public ExplainAction(SparkSession session, ExplainSettings settings, ModelAhead ahead) {
    this.session = session;
    this.settings = settings;
    this.ahead = ahead;
  }

  /**
   * Runs.
   *
   * @throws UserException if the settings do not fit the model or the input
   * @throws QualityGateException if records were lost, none was explained, too many failed, or the
   *     ledger of a conservative method does not close
   */
  public ExplainSummary run() {
    return run(summary -> {});
  }

  /**
   * Runs.
   *
   * @param told is given what the run did before that is found not good enough
   * @throws UserException if the settings do not fit the model or the input
   * @throws QualityGateException if records were lost, none was explained, too many failed, or the
   *     ledger of a conservative method does not close
   */
  public ExplainSummary run(Consumer<ExplainSummary> told) {
    ExplainSummary summary = JobDescription.putBackAfter(session.sparkContext(), this::summarised);
    told.accept(summary);
    Gate.check(summary.gates());
    return summary;
  }

  /**
   * Explains a sample, writes nothing, and says what a run would take.
   *
   * @throws UserException if the settings do not fit the model or the input
   */
  public RunEstimate estimate() {
    return JobDescription.putBackAfter(session.sparkContext(), this::estimated);
  }

  private RunEstimate estimated() {
    OutputTable output = new OutputTable(session, settings.output());
    try (PreparedModel model = model();
        ExplainPlan plan = new ExplainPlanner(session, settings, output).plan(model)) {
      return new DryRun(session, settings).of(plan);
    } finally {
      EngineSessions.ofJvm().closeIdle();
    }
  }

  private PreparedModel model() {
    return ahead.take().orElseGet(() -> PreparedModel.of(settings.request(), session));
  }

  private ExplainSummary summarised() {
    OutputTable output = new OutputTable(session, settings.output());
    output.checkFree();
    try (PreparedModel model = model()) {
      ExplainPlanner planner = new ExplainPlanner(session, settings, output);
      ExplainAudit audit = new ExplainAudit(session, settings, output);
      try (ExplainPlan plan = planner.plan(model)) {
        Provenance provenance =
            plan.request().provenance(plan.origin(), session.sparkContext().hadoopConfiguration());
        ExplainWrite.Done done = new ExplainWrite(session, settings, output).write(plan);
        return audit.ofRun(plan, provenance, done);
      }
    } finally {
      EngineSessions.ofJvm().closeIdle();
    }
  }
}
