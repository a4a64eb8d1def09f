package io.sparklrp.explain;

import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.record.EncodedRecord;

/** Records that look like real ones, to try a model with before any record of a user. */
public interface ProbeRecords {
  /** Texts of a tokenizer. */
  static ProbeRecords of(TextTokenizer tokenizer) {
    return ProbeTexts.of(tokenizer);
  }

  /**
   * Pictures of noise.
   *
   * @param patch rows, and columns, of a patch
   */
  static ProbeRecords ofPictures(int channels, int height, int width, int patch) {
    return new ProbePictures(channels, height, width, patch);
  }

  /** Whether all records have one length. */
  boolean areOfOneLength();

  /**
   * A record.
   *
   * @param length number of its tokens, where records differ in it
   * @param variation another number gives another record
   */
  EncodedRecord record(int length, int variation);
}
