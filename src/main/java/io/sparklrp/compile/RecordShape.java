package io.sparklrp.compile;

import io.sparklrp.explain.input.InputColumn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What records are made of, and how long they may be.
 *
 * @param text the column of texts
 * @param pair the column of second texts
 * @param image the column of pictures
 * @param maxLength most tokens of a record, or of a window
 * @param stride tokens that consecutive windows share; null where texts are cut
 * @param maxPixels pictures of more pixels are refused
 */
public record RecordShape(
    InputColumn text,
    Optional<InputColumn> pair,
    InputColumn image,
    int maxLength,
    Integer stride,
    long maxPixels) {
  /** Whether texts are read in windows. */
  boolean readsWindows() {
    return stride != null;
  }

  List<InputColumn> texts() {
    return Stream.concat(Stream.of(text), pair.stream()).toList();
  }
}
