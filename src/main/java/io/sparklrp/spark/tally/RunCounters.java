package io.sparklrp.spark.tally;

import io.sparklrp.explain.run.RunListener;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * Named accumulators for Spark's UI and the progress line, in which tasks that are made again count
 * twice: the manifest counts the output. What is not in the output is told by partition.
 */
public final class RunCounters implements RunListener, Serializable {
  private static final long serialVersionUID = 1L;

  private final LongAccumulator records;
  private final LongAccumulator tokens;
  private final LongAccumulator paddedTokens;
  private final LongAccumulator errors;
  private final LongAccumulator tokeniseMillis;
  private final LongAccumulator runMillis;
  private final LongAccumulator taskMillis;
  private final LongAccumulator work;
  private final TallyAccumulator tallies = new TallyAccumulator();

  /** None yet. */
  public RunCounters(SparkContext context) {
    this.records = context.longAccumulator("records");
    this.tokens = context.longAccumulator("tokens");
    this.paddedTokens = context.longAccumulator("padded tokens");
    this.errors = context.longAccumulator("errors");
    this.tokeniseMillis = context.longAccumulator("tokenise ms");
    this.runMillis = context.longAccumulator("run ms");
    this.taskMillis = context.longAccumulator("task ms");
    this.work = context.longAccumulator("million operations");
    context.register(tallies);
  }

  @Override
  public void encoded(long count, long ofTokens, long millis) {
    tokeniseMillis.add(millis);
  }

  /**
   * Records are done.
   *
   * @param millionOperations estimated for them
   */
  public void done(long count, long millionOperations) {
    records.add(count);
    work.add(millionOperations);
  }

  /** A task ended, which took so long. */
  void ended(long millis) {
    taskMillis.add(millis);
  }

  @Override
  public void ran(long realTokens, long padded, long millis) {
    tokens.add(realTokens);
    paddedTokens.add(padded);
    runMillis.add(millis);
  }

  @Override
  public void failed(long count) {
    errors.add(count);
  }

  /** A partition ended. */
  public void addTally(PartitionTally tally) {
    tallies.add(tally);
  }

  /** What became of all records, each partition counted once. */
  public Tally tally() {
    return tallies.value().values().stream()
        .map(PartitionTally::total)
        .reduce(Tally.NONE, Tally::plus);
  }

  /** Records that are done. */
  public LongAccumulator records() {
    return records;
  }

  /** Tokens that the engine got, without padding. */
  public LongAccumulator tokens() {
    return tokens;
  }

  /** Records that could not be explained. */
  public LongAccumulator errors() {
    return errors;
  }

  /** Millions of operations that were estimated for what is done. */
  public LongAccumulator work() {
    return work;
  }

  /** What tasks took, to be counted in tasks that were not made again. */
  public long taskMillis() {
    return taskMillis.value();
  }
}
