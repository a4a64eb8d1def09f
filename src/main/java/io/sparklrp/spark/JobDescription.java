package io.sparklrp.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;

/**
 * What Spark's UI says of the jobs of this thread, said again as it was when it is closed: the
 * thread may be a notebook's, which cancels its jobs by their group.
 */
final class JobDescription implements AutoCloseable {
  private static final String GROUP = "spark-lrp";
  private static final List<String> PROPERTIES =
      List.of("spark.jobGroup.id", "spark.job.description", "spark.job.interruptOnCancel");

  private final SparkContext context;
  private final Map<String, String> before = new HashMap<>();

  /** Remembers what it says now. */
  JobDescription(SparkContext context) {
    this.context = context;
    PROPERTIES.forEach(name -> before.put(name, context.getLocalProperty(name)));
  }

  /** Says of the jobs that follow what they do. */
  static void say(SparkContext context, String what) {
    context.setJobGroup(GROUP, what, false);
  }

  @Override
  public void close() {
    before.forEach(context::setLocalProperty);
  }
}
