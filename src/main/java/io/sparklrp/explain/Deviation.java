package io.sparklrp.explain;

import io.sparklrp.record.ModelOutputs;
import io.sparklrp.record.RecordRelevance;
import java.util.List;
import java.util.stream.IntStream;

/** How far two results of the same record are from each other, over the results' scale. */
final class Deviation {
  /** The same record gives the same result but for this share of its scale. */
  static final double BOUND = 1e-5;

  private Deviation() {}

  /**
   * The deviation: of the outputs, the score, the relevance and the ledger. Where only rounding
   * decides which target is explained, only the outputs are compared.
   */
  static double of(List<RecordRelevance> alone, List<RecordRelevance> other) {
    if (alone.isEmpty() || other.isEmpty()) {
      return 0;
    }
    if (alone.stream().anyMatch(result -> result.failure().isPresent())) {
      return 0; // the record is an error by itself
    }
    double outputs = ofOutputs(alone, other);
    if (!(outputs <= BOUND) || alone.size() != other.size() || !haveSameTargets(alone, other)) {
      return outputs;
    }
    return IntStream.range(0, alone.size())
        .mapToDouble(i -> ofTarget(alone.get(i), other.get(i)))
        .reduce(outputs, Math::max);
  }

  /** The deviation of the outputs alone; 0 where a record has none. */
  static double ofOutputs(List<RecordRelevance> alone, List<RecordRelevance> other) {
    return alone.isEmpty() || other.isEmpty()
        ? 0
        : of(alone.get(0).outputs(), other.get(0).outputs());
  }

  /** The deviation of a model's outputs. */
  static double of(ModelOutputs a, ModelOutputs b) {
    return largest(a.numbers(), b.numbers());
  }

  private static boolean haveSameTargets(List<RecordRelevance> a, List<RecordRelevance> b) {
    return a.get(0).predicted() == b.get(0).predicted()
        && IntStream.range(0, a.size()).allMatch(i -> haveSameTarget(a.get(i), b.get(i)));
  }

  private static boolean haveSameTarget(RecordRelevance a, RecordRelevance b) {
    return a.target().isEmpty()
        || b.target().isEmpty()
        || java.util.Arrays.equals(a.target().get().index(), b.target().get().index());
  }

  private static double ofTarget(RecordRelevance a, RecordRelevance b) {
    return largest(numbers(a), numbers(b));
  }

  private static float[] numbers(RecordRelevance found) {
    float[] all = new float[1 + found.tokens() + found.ledgerSize()];
    all[0] = (float) found.score();
    for (int i = 0; i < found.tokens(); i++) {
      all[1 + i] = found.relevance(i);
    }
    for (int i = 0; i < found.ledgerSize(); i++) {
      all[1 + found.tokens() + i] = (float) found.ledger(i);
    }
    return all;
  }

  /** NaN where the second is not finite; infinite where the numbers are not as many. */
  private static double largest(float[] a, float[] b) {
    if (a.length != b.length) {
      return Double.POSITIVE_INFINITY;
    }
    double scale = 1;
    double difference = 0;
    for (int i = 0; i < a.length; i++) {
      scale = Math.max(scale, Math.abs(a[i]));
      difference = Math.max(difference, Math.abs(a[i] - (double) b[i]));
    }
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference / scale;
  }
}
