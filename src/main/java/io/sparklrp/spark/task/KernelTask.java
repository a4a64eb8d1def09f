package io.sparklrp.spark.task;

import io.sparklrp.compile.KernelProbe;
import io.sparklrp.engine.IntegerKernel;
import io.sparklrp.error.UserException;
import io.sparklrp.model.Numerics;
import io.sparklrp.model.Precision;
import io.sparklrp.spark.job.JobDescription;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.SparkSession;

/**
 * Asks executors how they multiply whole numbers: the precision is the job's, the kernel the
 * executor's. An executor that comes later asks itself, when it loads the model.
 */
public final class KernelTask implements FilterFunction<Long> {
  private static final long serialVersionUID = 1L;

  /** Spark setting: bits of weights under mixed and int8, 8 or 7; without it they are found out. */
  static final String WEIGHT_BITS = "spark.sparklrp.weightBits";

  private final byte[] probe;

  private KernelTask(byte[] probe) {
    this.probe = probe;
  }

  /** In which numbers a precision is computed on the executors of a session. */
  public static Numerics numerics(SparkSession session, Precision precision) {
    Numerics numerics = Numerics.of(precision);
    if (precision.isFull()) {
      return numerics;
    }
    String bits = session.conf().get(WEIGHT_BITS, "");
    return switch (bits) {
      case "" -> areExact(session) ? numerics : numerics.narrow();
      case "8" -> numerics;
      case "7" -> numerics.narrow();
      default ->
          throw new UserException(
              String.format(
                  "Cannot use %s=%s: weights have 8 bits, or 7. Leave it out to have it found out.",
                  WEIGHT_BITS, bits));
    };
  }

  private static boolean areExact(SparkSession session) {
    JobDescription.say(session.sparkContext(), "Spark LRP: try products of whole numbers");
    int tasks = session.sparkContext().defaultParallelism();
    KernelTask task = new KernelTask(KernelProbe.bytes());
    return session.range(0, tasks, 1, tasks).filter(task).isEmpty();
  }

  /** Whether products are not exact where this runs. */
  @Override
  public boolean call(Long number) {
    return !IntegerKernel.isExact(probe);
  }
}
