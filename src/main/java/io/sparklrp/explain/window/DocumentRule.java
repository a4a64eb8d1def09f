package io.sparklrp.explain.window;

import io.sparklrp.error.RecordException;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/** How a kind of target is explained in a document: what is run of it, and what comes out. */
public interface DocumentRule extends Serializable {
  /**
   * What is run first.
   *
   * @param asked what is asked of the document, by its own tokens
   * @throws RecordException if no window can be asked that
   */
  List<WindowRun> first(EncodedWindows windows, RecordTargets asked) throws RecordException;

  /** What is run again after that, if anything has to be. */
  default List<WindowRun> again(WindowResults found) {
    return List.of();
  }

  /** A result for each target, by the document's tokens. */
  List<RecordRelevance> merge(EncodedWindows windows, WindowResults found);

  /** Every window is asked the same. */
  static List<WindowRun> all(int windows, RecordTargets asked) {
    return IntStream.range(0, windows).mapToObj(i -> new WindowRun(i, asked)).toList();
  }
}
