package io.sparklrp.spark;

import io.sparklrp.error.JobFailedException;
import io.sparklrp.error.UserException;
import io.sparklrp.runtime.BatchCheck;
import io.sparklrp.runtime.Batching;
import io.sparklrp.runtime.ExplanationModel;
import io.sparklrp.runtime.ProbeRecords;
import io.sparklrp.runtime.RelevanceSession;
import io.sparklrp.runtime.RelevanceSessions;
import java.io.Serializable;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * The first task of a run: tries the model where it is going to be run, on records of ours, and
 * says how records must be batched. A model that cannot be run ends the run here.
 */
final class BatchCheckTask implements MapFunction<Long, BatchCheckTask.Answer> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<BroadcastModel> broadcast;
  private final ShippedFiles shipped;

  private BatchCheckTask(Broadcast<BroadcastModel> broadcast, ShippedFiles shipped) {
    this.broadcast = broadcast;
    this.shipped = shipped;
  }

  /** What comes back: how to batch, or what to tell the user. */
  record Answer(Batching batching, String refused, String failed) implements Serializable {}

  /**
   * Tries a model.
   *
   * @throws UserException if it cannot be used
   */
  static Batching run(
      SparkSession session, Broadcast<BroadcastModel> broadcast, ShippedFiles shipped) {
    Answer answer =
        session
            .range(0, 1, 1, 1)
            .map(new BatchCheckTask(broadcast, shipped), Encoders.javaSerialization(Answer.class))
            .first();
    if (answer.refused() != null) {
      throw new UserException(answer.refused());
    }
    if (answer.failed() != null) {
      throw new JobFailedException(answer.failed());
    }
    return answer.batching();
  }

  @Override
  public Answer call(Long number) {
    BroadcastModel model = broadcast.value();
    ExplanationModel engine = model.engineModel();
    ExplanationModel located = shipped.isEmpty() ? engine : engine.in(shipped.directory());
    try (RelevanceSession session = RelevanceSessions.ofJvm().acquire(located)) {
      ProbeRecords records =
          model.readsImages() ? model.images().probes() : ProbeRecords.of(session.tokenizer());
      return new Answer(BatchCheck.run(session, records).batching(), null, null);
    } catch (UserException e) {
      return new Answer(null, e.getMessage(), null);
    } catch (JobFailedException e) {
      return new Answer(null, null, e.getMessage());
    }
  }
}
