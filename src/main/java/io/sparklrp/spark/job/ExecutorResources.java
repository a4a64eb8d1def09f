package io.sparklrp.spark.job;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * What an executor has, as far as Spark's settings and this machine tell.
 *
 * @param tasks that run at the same time
 * @param besideHeap bytes beside its heap; empty where nobody limits them
 * @param isMachine whether this JVM is the executor, which the machine alone limits
 */
public record ExecutorResources(int tasks, OptionalLong besideHeap, boolean isMachine) {
  /** Spark's setting of memory beside the heap. */
  public static final String OVERHEAD = "spark.executor.memoryOverhead";

  private static final String FACTOR = "spark.executor.memoryOverheadFactor";
  private static final String LEAST_OVERHEAD = "spark.executor.minMemoryOverhead";
  private static final String CORES = "spark.executor.cores";
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\*|\\d+)(?:,\\s*\\d+)?\\])?");
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*\\d+\\s*,\\s*(\\d+)\\s*,.*");

  /** The executors of an application. */
  public static ExecutorResources of(SparkContext context) {
    SparkConf conf = context.getConf();
    int executors = Math.max(1, context.statusTracker().getExecutorInfos().length - 1);
    int shared = (context.defaultParallelism() + executors - 1) / executors;
    return of(conf, context.master(), shared, Machine.besideHeap());
  }

  /**
   * The executors of an application.
   *
   * @param shared cores of one, where no setting says it
   * @param ofMachine bytes that this JVM can have beside its heap
   */
  public static ExecutorResources of(SparkConf conf, String master, int shared, long ofMachine) {
    boolean isMachine = LOCAL.matcher(master).matches();
    int tasks =
        Math.max(1, cores(conf, master, shared) / Math.max(1, conf.getInt("spark.task.cpus", 1)));
    OptionalLong besideHeap = isMachine ? OptionalLong.of(ofMachine) : container(conf, master);
    return new ExecutorResources(tasks, besideHeap, isMachine);
  }

  private static int cores(SparkConf conf, String master, int shared) {
    Matcher local = LOCAL.matcher(master);
    if (local.matches()) {
      String threads = local.group(1) == null ? "1" : local.group(1);
      return threads.equals("*")
          ? Runtime.getRuntime().availableProcessors()
          : Integer.parseInt(threads);
    }
    Matcher cluster = LOCAL_CLUSTER.matcher(master);
    if (cluster.matches()) {
      return Integer.parseInt(cluster.group(1));
    }
    return conf.getInt(CORES, isContainer(master) ? 1 : shared);
  }

  /** Whether executors are ended that have more memory than was asked for. */
  private static boolean isContainer(String master) {
    String lower = master.toLowerCase(Locale.ROOT);
    return lower.startsWith("yarn") || lower.startsWith("k8s");
  }

  private static OptionalLong container(SparkConf conf, String master) {
    if (conf.contains(OVERHEAD)) {
      return OptionalLong.of(mebibytes(conf.getSizeAsMb(OVERHEAD)));
    }
    if (!isContainer(master)) {
      return OptionalLong.empty();
    }
    String factor =
        master.startsWith("k8s") && !conf.contains(FACTOR)
            ? "spark.kubernetes.memoryOverheadFactor"
            : FACTOR;
    double share = conf.getDouble(factor, 0.1);
    long heap = conf.getSizeAsMb("spark.executor.memory", "1g");
    return OptionalLong.of(
        mebibytes(Math.max((long) (share * heap), conf.getSizeAsMb(LEAST_OVERHEAD, "384m"))));
  }

  private static long mebibytes(long number) {
    return number << 20;
  }
}
