package io.sparklrp.cli;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;

/**
 * A Spark session for a command: the one that runs in this JVM, as a notebook's does, which stays;
 * or one that spark-submit configured, or an embedded one on all cores, which ends with the
 * command.
 */
final class CommandSession implements AutoCloseable {
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
    return new CommandSession(builder.getOrCreate(), isOurs);
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
