package io.sparklrp.spark;

import io.sparklrp.table.OutputRow;
import java.util.List;

/**
 * A row of an output, for people to read.
 *
 * @param name what its record is called
 * @param texts the record's texts, by segment; empty where the output does not have them
 * @param found what was written of it
 */
public record ShownRow(String name, List<String> texts, OutputRow found) {
  /** Copies. */
  public ShownRow {
    texts = List.copyOf(texts);
  }
}
