package io.sparklrp.spark.explain;

import io.sparklrp.error.UserException;
import io.sparklrp.spark.job.JobDescription;
import io.sparklrp.spark.job.UnfinishedRunException;
import io.sparklrp.spark.output.OutputTable;
import io.sparklrp.spark.settings.OutputSettings;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** What is kept of a run that ended on the way. */
final class KeptRows {
  private final SparkSession session;
  private final OutputSettings settings;
  private final OutputTable output;
  private final boolean goesOnByItself;

  /**
   * That of an output.
   *
   * @param goesOnByItself whether the same command goes on without being asked for it
   */
  KeptRows(
      SparkSession session, OutputSettings settings, OutputTable output, boolean goesOnByItself) {
    this.session = session;
    this.settings = settings;
    this.output = output;
    this.goesOnByItself = goesOnByItself;
  }

  /** What to throw in place of what ended the run: the same, with what is kept where there is. */
  RuntimeException with(Exception cause, ExplainPlan plan) {
    OptionalLong counted = count(plan.origin().runId(), cause);
    long kept = counted.orElse(0);
    if (kept + plan.already() == 0) {
      return nothing(counted, cause, plan);
    }
    boolean areRows = plan.spec().program().hasSeveralTargets();
    String more =
        plan.already() == 0
            ? ""
            : String.format(" beside %,d that were there before", plan.already());
    return new UnfinishedRunException(
        plan.origin().runId(),
        String.format(
            "%,d %s%s are kept in %s. %s",
            kept, areRows ? "rows" : "records", more, settings.name(), advice()),
        cause);
  }

  private RuntimeException nothing(OptionalLong counted, Exception cause, ExplainPlan plan) {
    if (counted.isEmpty() || cause instanceof UserException) {
      return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }
    return new UnfinishedRunException(
        plan.origin().runId(),
        String.format(
            "Nothing of this run is kept in %s. Run the same command again.", settings.name()),
        cause);
  }

  private String advice() {
    if (goesOnByItself) {
      return "Run the same command to go on.";
    }
    return settings.mode().equals("overwrite")
        ? "Run the same command with --resume in place of --mode overwrite to go on."
        : "Run the same command with --resume to go on.";
  }

  /** Empty where what ended the run keeps this from being counted too: a lost cluster, for one. */
  private OptionalLong count(String runId, Exception cause) {
    try {
      JobDescription.say(session.sparkContext(), "Spark LRP: count what is kept");
      return OptionalLong.of(output.holdsRows() ? rows(runId) : 0);
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
      return OptionalLong.empty();
    }
  }

  private long rows(String runId) {
    return output
        .read()
        .where(functions.expr(settings.schema().sql("run_id")).equalTo(runId))
        .count();
  }
}
