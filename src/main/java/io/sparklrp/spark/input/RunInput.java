package io.sparklrp.spark.input;

import io.sparklrp.spark.settings.OnError;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run reads.
 *
 * @param batch its records; null for all of the input
 * @param unread files that cannot be read, which are left out
 * @param before names of runs that began with the same records, and ended on the way
 */
public record RunInput(InputBatch batch, UnreadFiles unread, List<String> before) {
  /** Copies. */
  public RunInput {
    before = List.copyOf(before);
  }

  /** That of a first attempt. */
  public static RunInput of(InputBatch batch, OnError onError) {
    return new RunInput(
        batch, new UnreadFiles(onError), batch == null ? List.of() : batch.attempts());
  }

  /** That of the attempt after one. */
  public RunInput after(String run) {
    List<String> all = new ArrayList<>(before);
    all.add(run);
    return new RunInput(batch, unread, all);
  }
}
