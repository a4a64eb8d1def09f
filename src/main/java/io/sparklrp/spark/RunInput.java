package io.sparklrp.spark;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run reads.
 *
 * @param batch its records; null for all of the input
 * @param unread files that cannot be read, which are left out
 * @param before names of runs that began with the same records, and ended on the way
 */
record RunInput(InputBatch batch, UnreadFiles unread, List<String> before) {
  /** Copies. */
  RunInput {
    before = List.copyOf(before);
  }

  /** That of a first attempt. */
  static RunInput of(InputBatch batch, OnError onError) {
    return new RunInput(
        batch, new UnreadFiles(onError), batch == null ? List.of() : batch.attempts());
  }

  /** That of the attempt after one. */
  RunInput after(String run) {
    List<String> all = new ArrayList<>(before);
    all.add(run);
    return new RunInput(batch, unread, all);
  }
}
