package io.sparklrp.spark.tally;

import io.sparklrp.explain.run.RunListener;

/**
 * Tells how far a task is, batch by batch. Records are read and encoded a buffer at a time, and the
 * buffer is run in batches: of what was estimated for its records, as much is done as of its tokens
 * was run. So all that was estimated is done when all records are, whatever the estimate missed.
 */
public final class TaskProgress implements RunListener {
  private static final double MILLION = 1e6;

  private final RunCounters counters;
  private final long started = System.nanoTime();
  private double operationsRead;
  private Buffer buffer = new Buffer(0, 0, 0);

  /** Records that are run at the moment. */
  private static final class Buffer {
    private final double operations;
    private final long records;
    private long tokens;
    private long tokensRun;
    private long recordsTold;
    private long millionsTold;

    Buffer(double operations, long records, long tokens) {
      this.operations = operations;
      this.records = records;
      this.tokens = tokens;
    }

    double shareRun() {
      return tokens == 0 ? 0 : Math.min(1, (double) tokensRun / tokens);
    }
  }

  /** That of a task which begins. */
  public TaskProgress(RunCounters counters) {
    this.counters = counters;
  }

  /** A record was read, for which so much was estimated. */
  public void read(double operations) {
    operationsRead += operations;
  }

  @Override
  public void encoded(long records, long tokens, long millis) {
    tell(1);
    buffer = new Buffer(operationsRead, records, tokens);
    operationsRead = 0;
    counters.encoded(records, tokens, millis);
  }

  @Override
  public void repeats(long tokens) {
    buffer.tokens += tokens;
  }

  @Override
  public void ran(long realTokens, long padded, long millis) {
    buffer.tokensRun += realTokens;
    tell(buffer.shareRun());
    counters.ran(realTokens, padded, millis);
  }

  @Override
  public void failed(long records) {
    counters.failed(records);
  }

  /** The task ends. */
  public void end() {
    tell(1);
    counters.ended((System.nanoTime() - started) / 1_000_000);
  }

  private void tell(double share) {
    long records = (long) (share * buffer.records);
    long millions = (long) (share * buffer.operations / MILLION);
    counters.done(records - buffer.recordsTold, millions - buffer.millionsTold);
    buffer.recordsTold = records;
    buffer.millionsTold = millions;
  }
}
