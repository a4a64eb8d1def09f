package io.sparklrp.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;

/**
 * What Spark's UI says of the jobs of this thread, to be said again after a run: the thread may be
 * a notebook's, which cancels its jobs by their group.
 */
final class JobDescription {
  private static final List<String> PROPERTIES =
      List.of("spark.jobGroup.id", "spark.job.description", "spark.job.interruptOnCancel");

  private final SparkContext context;
  private final Map<String, String> before = new HashMap<>();

  private JobDescription(SparkContext context) {
    this.context = context;
    PROPERTIES.forEach(name -> before.put(name, context.getLocalProperty(name)));
  }

  /** What it says now. */
  static JobDescription of(SparkContext context) {
    return new JobDescription(context);
  }

  /** Says it again. */
  void restore() {
    before.forEach(context::setLocalProperty);
  }
}
