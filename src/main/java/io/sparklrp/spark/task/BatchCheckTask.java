package io.sparklrp.spark.task;

import io.sparklrp.engine.Batching;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.error.JobFailedException;
import io.sparklrp.error.UserException;
import io.sparklrp.explain.BatchCheck;
import io.sparklrp.explain.EngineSpeed;
import io.sparklrp.explain.ProbeRecords;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The first task of a run: tries the model where it is going to be run, on records of ours, and
 * says how records must be batched. A model that cannot be run ends the run here.
 */
public final class BatchCheckTask implements MapFunction<Long, Row> {
  private static final long serialVersionUID = 1L;

  /** How to batch, or what to tell the user. */
  private static final StructType ANSWER =
      StructType.fromDDL(
          "sharing STRING, reasons ARRAY<STRING>, refused STRING, failed STRING, rate DOUBLE, time DOUBLE");

  private static final int REFUSED = 2;
  private static final int FAILED = 3;
  private static final int RATE = 4;
  private static final int TIME = 5;

  private final ShippedSpec shipped;
  private final ShippedSpec full;

  /**
   * What was found.
   *
   * @param batching how records must be batched
   * @param operationsPerSecond how quickly the engine computes there, on one core
   * @param timeBesideFull a record's time over that in float32; not a number where it was not
   *     measured
   */
  public record Found(Batching batching, double operationsPerSecond, double timeBesideFull) {}

  private BatchCheckTask(ShippedSpec shipped, ShippedSpec full) {
    this.shipped = shipped;
    this.full = full;
  }

  /**
   * Tries a model.
   *
   * @param shipped the model as it is going to be run: its speed is measured
   * @param full the same in float32, or itself: of it is asked how records share batches
   * @throws UserException if it cannot be used
   */
  public static Found run(SparkSession session, ShippedSpec shipped, ShippedSpec full) {
    Row answer =
        session
            .range(0, 1, 1, 1)
            .map(new BatchCheckTask(shipped, full), Encoders.row(ANSWER))
            .first();
    if (!answer.isNullAt(REFUSED)) {
      throw new UserException(answer.getString(REFUSED));
    }
    if (!answer.isNullAt(FAILED)) {
      throw new JobFailedException(answer.getString(FAILED));
    }
    Batching batching =
        shipped
            .value()
            .program()
            .batching()
            .with(Batching.Sharing.valueOf(answer.getString(0)), answer.getList(1));
    return new Found(batching, answer.getDouble(RATE), answer.getDouble(TIME));
  }

  @Override
  public Row call(Long number) {
    try {
      Found found = check();
      return RowFactory.create(
          found.batching().sharing().name(),
          found.batching().reasons().toArray(String[]::new),
          null,
          null,
          found.operationsPerSecond(),
          found.timeBesideFull());
    } catch (UserException e) {
      return RowFactory.create(null, null, e.getMessage(), null, null, null);
    } catch (JobFailedException e) {
      return RowFactory.create(null, null, null, e.getMessage(), null, null);
    }
  }

  private Found check() {
    Batching batching;
    EngineSpeed ofFull;
    try (EngineSession session = full.acquire()) {
      ProbeRecords records = records(full, session);
      batching = BatchCheck.run(session, records).batching();
      ofFull = BatchCheck.speed(session, records, batching);
    }
    if (full == shipped) { // float32 is asked for: there is nothing to compare with
      return new Found(batching, ofFull.operationsPerSecond(), Double.NaN);
    }
    try (EngineSession session = shipped.acquire()) {
      EngineSpeed speed = BatchCheck.speed(session, records(shipped, session), batching);
      return new Found(batching, speed.operationsPerSecond(), speed.timeBeside(ofFull));
    }
  }

  private static ProbeRecords records(ShippedSpec shipped, EngineSession session) {
    return shipped.value().input().probes(session.tokenizer());
  }
}
