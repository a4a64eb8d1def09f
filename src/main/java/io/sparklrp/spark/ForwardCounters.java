package io.sparklrp.spark;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/** Counts runs of records with tokens replaced; tasks that are made again count twice. */
final class ForwardCounters implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LongAccumulator asked;
  private final LongAccumulator ran;

  ForwardCounters(SparkContext context) {
    this.asked = context.longAccumulator("perturbed records asked for");
    this.ran = context.longAccumulator("perturbed records run");
  }

  void add(long ofCurves, long made) {
    asked.add(ofCurves);
    ran.add(made);
  }

  /** Runs that all points of all curves ask for. */
  long asked() {
    return asked.value();
  }

  /** Runs that were made: equal ones of a record once. */
  long ran() {
    return ran.value();
  }
}
