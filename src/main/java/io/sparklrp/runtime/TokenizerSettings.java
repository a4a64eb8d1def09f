package io.sparklrp.runtime;

import java.io.Serializable;

/** How texts become tokens. */
public final class TokenizerSettings implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] json;
  private final int maxLength;
  private final int vocabularyRows;

  /**
   * Settings.
   *
   * @param json content of {@code tokenizer.json}
   * @param maxLength most tokens of a record, special ones included
   * @param vocabularyRows rows of the word embeddings: ids must be smaller
   */
  public TokenizerSettings(byte[] json, int maxLength, int vocabularyRows) {
    this.json = json.clone();
    this.maxLength = maxLength;
    this.vocabularyRows = vocabularyRows;
  }

  /** Content of {@code tokenizer.json}. */
  byte[] json() {
    return json;
  }

  /** Most tokens of a record. */
  public int maxLength() {
    return maxLength;
  }

  /** Rows of the word embeddings. */
  public int vocabularyRows() {
    return vocabularyRows;
  }
}
