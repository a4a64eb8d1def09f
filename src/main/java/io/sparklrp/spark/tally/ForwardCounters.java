package io.sparklrp.spark.tally;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/** Counts runs of records with tokens replaced; tasks that are made again count twice. */
public final class ForwardCounters implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LongAccumulator asked;
  private final LongAccumulator ran;

  /** None yet. */
  public ForwardCounters(SparkContext context) {
    this.asked = context.longAccumulator("perturbed records asked for");
    this.ran = context.longAccumulator("perturbed records run");
  }

  /**
   * A record is done.
   *
   * @param ofCurves runs that points of its curves ask for
   * @param made runs that were made
   */
  public void add(long ofCurves, long made) {
    asked.add(ofCurves);
    ran.add(made);
  }

  /** Runs that all points of all curves ask for. */
  public long asked() {
    return asked.value();
  }

  /** Runs that were made: equal ones of a record once. */
  public long ran() {
    return ran.value();
  }
}
