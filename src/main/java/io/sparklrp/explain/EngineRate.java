package io.sparklrp.explain;

import io.sparklrp.engine.BatchShape;
import io.sparklrp.engine.EngineFailure;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.record.EncodedRecord;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Measures how quickly the engine computes on one core, with a batch of records of ours. */
final class EngineRate {
  /** A batch is made of no more than this, unless one record needs more. */
  private static final double MOST_OPERATIONS = 4e9;

  private static final int MOST_RECORDS = 16;
  private static final int RUNS = 3;
  private static final long ENOUGH_NANOS = 200_000_000;

  private final EngineSession session;
  private final Function<List<EncodedRecord>, TokenBatch> batches;

  EngineRate(EngineSession session, Function<List<EncodedRecord>, TokenBatch> batches) {
    this.session = session;
    this.batches = batches;
  }

  /**
   * The speed at which a batch is run.
   *
   * @param records so long
   * @param isAlone whether records share no batch
   */
  EngineSpeed measure(ProbeRecords records, int length, boolean isAlone) {
    double ofOne = operations(1, length);
    int room = isAlone ? 1 : (int) Math.max(1, Math.min(MOST_RECORDS, MOST_OPERATIONS / ofOne));
    TokenBatch batch =
        batches.apply(IntStream.range(0, room).mapToObj(i -> records.record(length, i)).toList());
    double operations = operations(room, length);
    try {
      if (operations <= 0) {
        return EngineSpeed.SUPPOSED;
      }
      double seconds = leastSeconds(batch);
      return new EngineSpeed(operations / seconds, room / seconds);
    } catch (EngineFailure e) {
      return EngineSpeed.SUPPOSED;
    }
  }

  private double operations(int count, int length) {
    Program program = session.program();
    int fixed = program.batching().records();
    return program
        .explain()
        .operations()
        .operations(new BatchShape(Math.max(count, fixed), length, 1, 1));
  }

  /** The first run of a shape takes longer. */
  private double leastSeconds(TokenBatch batch) {
    long least = Long.MAX_VALUE;
    long all = 0;
    for (int run = 0; run < RUNS && all < ENOUGH_NANOS; run++) {
      long started = System.nanoTime();
      session.explain(batch);
      long nanos = Math.max(1, System.nanoTime() - started);
      least = Math.min(least, nanos);
      all += nanos;
    }
    return least / 1e9;
  }
}
