package io.sparklrp.bench.scale;

import java.util.Map;

/**
 * Engine time of a batch with its relevance, one thread, as {@code scripts/bench} prints it.
 *
 * @param records of the batch
 * @param tokens of each record
 * @param millis by precision
 */
record BenchTime(int records, int tokens, Map<String, Double> millis) {
  /** Copies. */
  BenchTime {
    millis = Map.copyOf(millis);
  }

  /** Seconds of one token. */
  double secondsOfToken(String precision) {
    return millis.get(precision) / 1e3 / records / tokens;
  }
}
