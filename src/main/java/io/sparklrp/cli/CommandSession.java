package io.sparklrp.cli;

import io.sparklrp.spark.model.ModelAhead;
import io.sparklrp.spark.settings.ExplainSettings;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;

/**
 * A Spark session for a command: the one that runs in this JVM, as a notebook's does, which stays;
 * or one that spark-submit configured, or an embedded one on all cores, which ends with the
 * command.
 */
final class CommandSession implements AutoCloseable {
  /**
   * With each heartbeat tasks say how far they are; this is for many executors, with us for one.
   */
  private static final String HEARTBEAT = "spark.executor.heartbeatInterval";

  /**
   * Records are dealt out to tasks by a shuffle, and what an executor holds of it is lost with the
   * executor, where no shuffle service keeps it. Spark then tries the stage again, and ends the job
   * at the fourth time in a row: too few for hours of work on machines that come and go. Tasks that
   * are done stay done, so each attempt is shorter than the one before.
   */
  private static final String STAGE_ATTEMPTS = "spark.stage.maxConsecutiveAttempts";

  private static final int MOST_STAGE_ATTEMPTS = 1_000;

  private final SparkSession session;
  private final boolean isOurs;

  private CommandSession(SparkSession session, boolean isOurs) {
    this.session = session;
    this.isOurs = isOurs;
  }

  static CommandSession open(String name) {
    JavaVersion.check();
    SparkConf conf = new SparkConf();
    SparkSession.Builder builder = SparkSession.builder();
    boolean isOurs = !isSparkRunning();
    if (isOurs && !conf.contains("spark.app.name")) {
      builder.appName("spark-lrp " + name);
    }
    if (isOurs && !conf.contains("spark.master")) {
      builder.master("local[*]");
      builder.config("spark.ui.showConsoleProgress", "false");
    }
    if (isOurs && isEmbedded(conf) && !conf.contains(HEARTBEAT)) {
      builder.config(HEARTBEAT, "2s");
    }
    if (isOurs && !conf.contains(STAGE_ATTEMPTS)) {
      builder.config(STAGE_ATTEMPTS, MOST_STAGE_ATTEMPTS);
    }
    return new CommandSession(builder.getOrCreate(), isOurs);
  }

  private static boolean isEmbedded(SparkConf conf) {
    return conf.get("spark.master", "local").startsWith("local");
  }

  /** Opens the model of a run while Spark starts; not where it has started. */
  static ModelAhead ahead(ExplainSettings settings) {
    JavaVersion.check();
    return isSparkRunning() ? ModelAhead.none() : ModelAhead.start(settings);
  }

  /** Whether somebody has started Spark in this JVM, and not stopped it. */
  static boolean isSparkRunning() {
    return SparkEnv.get() != null;
  }

  SparkSession session() {
    return session;
  }

  @Override
  public void close() {
    if (isOurs) {
      session.stop();
    }
  }
}
