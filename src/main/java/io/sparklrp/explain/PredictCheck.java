package io.sparklrp.explain;

import io.sparklrp.engine.Batching;
import io.sparklrp.engine.Batching.Sharing;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.error.UserException;
import io.sparklrp.record.EncodedRecord;
import io.sparklrp.record.ModelOutputs;
import io.sparklrp.record.RecordTargets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Tries in numbers whether the forward pass alone gives the outputs that are explained, and gives
 * them whatever records are padded to.
 */
final class PredictCheck {
  /** Outputs that differ by more than the rounding of another graph. */
  private static final double OTHER = 1e-3;

  private final EngineSession session;
  private final List<EncodedRecord> records;

  PredictCheck(EngineSession session, List<EncodedRecord> records) {
    this.session = session;
    this.records = records;
  }

  /**
   * How records must be batched, where the forward pass is to be run too.
   *
   * @param batching as far as it is known
   * @param explained outputs of each record alone, by the graph that explains
   * @throws UserException if the forward pass gives others
   * @throws io.sparklrp.engine.EngineFailure if it cannot be run
   */
  Batching check(Batching batching, List<ModelOutputs> explained) {
    List<ModelOutputs> alone =
        records.stream().map(record -> predict(List.of(record)).get(0)).toList();
    double others = deviation(explained, alone);
    if (!(others <= OTHER)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "Cannot use the model: its forward pass alone gives other outputs than the one that is explained, by"
                  + " %.1e of their scale. Report it with the model's name.",
              others));
    }
    boolean isPadded = batching.sharing() == Sharing.PADDED && records.size() > 1;
    return isPadded && !(deviation(alone, predict(records)) <= Deviation.BOUND)
        ? batching.atLeast(
            Sharing.ONE_LENGTH, "the forward pass alone changes when records are padded")
        : batching;
  }

  private List<ModelOutputs> predict(List<EncodedRecord> batch) {
    return session.predict(
        TokenBatch.of(batch, batch.stream().map(record -> RecordTargets.NONE).toList()));
  }

  private static double deviation(List<ModelOutputs> expected, List<ModelOutputs> found) {
    return IntStream.range(0, expected.size())
        .filter(i -> expected.get(i).areFinite())
        .mapToDouble(i -> Deviation.of(expected.get(i), found.get(i)))
        .reduce(0, Math::max);
  }
}
