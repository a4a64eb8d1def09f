package io.sparklrp.relevance.readout;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.stream.LongStream;

/** The mean over all heads of what each has between queries and keys. */
final class HeadMean {
  private HeadMean() {}

  /**
   * Of [batch, heads..., queries, keys], [batch, queries, keys].
   *
   * @param step names the operator
   */
  static Value of(Ops ops, String step, Value byHead) {
    long[] heads = LongStream.range(1, byHead.rank() - 2L).toArray();
    return heads.length == 0 ? byHead : ops.reduceMean(step, byHead, false, heads);
  }
}
