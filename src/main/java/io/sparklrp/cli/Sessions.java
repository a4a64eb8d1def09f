package io.sparklrp.cli;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The Spark session: the one that spark-submit configured, or an embedded one on all cores. */
final class Sessions {
  private Sessions() {}

  static SparkSession open(String name) {
    SparkConf conf = new SparkConf();
    SparkSession.Builder builder = SparkSession.builder();
    if (!conf.contains("spark.app.name")) {
      builder.appName("spark-lrp " + name);
    }
    if (!conf.contains("spark.master")) {
      builder.master("local[*]");
      builder.config("spark.ui.showConsoleProgress", "false");
    }
    return builder.getOrCreate();
  }
}
