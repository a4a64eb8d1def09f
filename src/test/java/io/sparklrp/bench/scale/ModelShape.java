package io.sparklrp.bench.scale;

import java.util.List;
import java.util.Map;

/**
 * The sizes that decide what a Transformer costs, in multiplications with an addition each.
 *
 * <p>The last layer, of which one token is read, is left out, as it is from compiled graphs.
 *
 * @param id names it in options and figures
 * @param name for readers
 * @param layers of which each has attention and a feed-forward part
 * @param hidden size of a token's state
 * @param keys size of a token's keys, and of its values
 * @param inner size inside the feed-forward part
 * @param innerProducts of {@code hidden x inner}: 2, or 3 with a gate
 * @param vocabulary outputs of a language model; 0 for a classifier
 * @param parameters all of them
 * @param speed id of the model whose times in {@code bench} stand for it
 * @param bench engine times; empty where none were measured
 * @param memoryMib what each task of an executor needs, by corpus; empty for a model that is only
 *     timed
 */
record ModelShape(
    String id,
    String name,
    int layers,
    long hidden,
    long keys,
    long inner,
    int innerProducts,
    long vocabulary,
    long parameters,
    String speed,
    List<BenchTime> bench,
    Map<String, Figure> memoryMib) {
  /** Copies. */
  ModelShape {
    bench = List.copyOf(bench);
    memoryMib = Map.copyOf(memoryMib);
  }

  /** Whether its costs are told, not only its times used. */
  boolean isTold() {
    return !memoryMib.isEmpty();
  }

  /**
   * Products of a token with weights, forward and backward: relevance needs no way back to Q, K.
   */
  double productsOfToken() {
    long feedForward = innerProducts * hidden * inner;
    long forward = 2 * hidden * hidden + 2 * hidden * keys + feedForward;
    long backward = hidden * hidden + hidden * keys + feedForward;
    return (layers - 1.0) * (forward + backward);
  }

  /** Products of a token with another one: scores, the context, and the way back to values. */
  double productsOfPair() {
    return (layers - 1.0) * 3 * hidden;
  }

  /** Products of a record, however long: the outputs of a language model, of one token. */
  double productsOfRecord() {
    return (double) vocabulary * hidden;
  }
}
