package io.sparklrp.spark.job;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/**
 * What Spark's UI says of the jobs of this thread, to be said again after a run: the thread may be
 * a notebook's, which cancels its jobs by their group.
 */
public final class JobDescription {
  private static final String GROUP = "spark-lrp";
  private static final List<String> PROPERTIES =
      List.of("spark.jobGroup.id", "spark.job.description", "spark.job.interruptOnCancel");

  private final SparkContext context;
  private final Map<String, String> before = new HashMap<>();

  private JobDescription(SparkContext context) {
    this.context = context;
    PROPERTIES.forEach(name -> before.put(name, context.getLocalProperty(name)));
  }

  /** Runs something, after which all is said as it was before, whether it fails or not. */
  public static <T> T putBackAfter(SparkContext context, Supplier<T> run) {
    JobDescription before = new JobDescription(context);
    try {
      return run.get();
    } finally {
      before.putBack();
    }
  }

  /** Says of the jobs that follow what they do. */
  public static void say(SparkContext context, String what) {
    context.setJobGroup(GROUP, what, false);
  }

  private void putBack() {
    before.forEach(context::setLocalProperty);
  }
}
