package io.sparklrp.spark.explain;

import io.sparklrp.engine.EngineSessions;
import io.sparklrp.error.QualityGateException;
import io.sparklrp.error.UserException;
import io.sparklrp.spark.input.InputBatch;
import io.sparklrp.spark.input.RunInput;
import io.sparklrp.spark.job.JobDescription;
import io.sparklrp.spark.job.UnfinishedRunException;
import io.sparklrp.spark.model.ModelAhead;
import io.sparklrp.spark.model.PreparedModel;
import io.sparklrp.spark.output.ExplainSummary;
import io.sparklrp.spark.output.Gate;
import io.sparklrp.spark.output.OutputTable;
import io.sparklrp.spark.settings.ExplainSettings;
import io.sparklrp.table.Provenance;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** Explains a table of records, the main job: plan, write, audit. */
public final class ExplainAction {
  private final SparkSession session;
  private final ModelAhead ahead;
  private final boolean isBatch;
  private ExplainSettings settings;
  private RunInput input;

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
    this(session, settings, ahead, null);
  }

  /** A run over a batch of records. */
  ExplainAction(SparkSession session, ExplainSettings settings, InputBatch batch) {
    this(session, settings, ModelAhead.none(), batch);
  }

  private ExplainAction(
      SparkSession session, ExplainSettings settings, ModelAhead ahead, InputBatch batch) {
    this.session = session;
    this.isBatch = batch != null;
    this.settings = settings;
    this.ahead = ahead;
    this.input = RunInput.of(batch, settings.gates().onError());
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
    ExplainSummary summary =
        JobDescription.putBackAfter(session.sparkContext(), () -> withoutUnread(this::summarised));
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
    return JobDescription.putBackAfter(
        session.sparkContext(), () -> withoutUnread(this::estimated));
  }

  private RunEstimate estimated() {
    OutputTable output = new OutputTable(session, settings.output());
    try (PreparedModel model = model();
        ExplainPlan plan = new ExplainPlanner(session, settings, output, input).plan(model)) {
      return new DryRun(session, settings).of(plan).noting(unreadNotes());
    } finally {
      EngineSessions.ofJvm().closeIdle();
    }
  }

  private List<String> unreadNotes() {
    return input.unread().paths().stream()
        .map(file -> String.format("%s cannot be read; it is left out.", file))
        .toList();
  }

  private PreparedModel model() {
    return ahead.take().orElseGet(() -> PreparedModel.of(settings.request(), session));
  }

  /** Damaged files are found as Spark fails at them: then the run goes on without. */
  private <T> T withoutUnread(Supplier<T> run) {
    while (true) {
      try {
        return run.get();
      } catch (Exception e) { // Spark's own are checked, but Scala does not declare them
        if (!input.unread().note(e)) {
          throw e;
        }
        goOnAfter(e);
      }
    }
  }

  /** What was written before a file was found is not done again. */
  private void goOnAfter(Exception e) {
    if (e instanceof UnfinishedRunException unfinished) {
      if (isBatch) {
        throw unfinished; // its run is noted in the checkpoint: the next command goes on
      }
      input = input.after(unfinished.runId());
      settings = settings.appending();
    }
  }

  private ExplainSummary summarised() {
    OutputTable output = new OutputTable(session, settings.output());
    if (input.before().isEmpty()) {
      output.checkFree();
    }
    try (PreparedModel model = model()) {
      ExplainPlanner planner = new ExplainPlanner(session, settings, output, input);
      ExplainAudit audit = new ExplainAudit(session, settings, output, input.unread());
      try (ExplainPlan plan = planner.plan(model)) {
        Provenance provenance =
            plan.request()
                .provenance(
                    plan.origin(),
                    plan.spec().input(),
                    session.sparkContext().hadoopConfiguration());
        return audit.ofRun(plan, provenance, written(plan, output));
      }
    } finally {
      EngineSessions.ofJvm().closeIdle();
    }
  }

  private ExplainWrite.Done written(ExplainPlan plan, OutputTable output) {
    try {
      return new ExplainWrite(session, settings, output).write(plan);
    } catch (Exception e) { // Spark's own are checked, but Scala does not declare them
      throw new KeptRows(session, settings.output(), output, isBatch).with(e, plan);
    }
  }
}
