package io.sparklrp.engine;

import java.io.Serializable;

/** How texts become tokens, and long ones windows. */
public final class TokenizerSettings implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int NO_WINDOWS = -1;

  private final byte[] json;
  private final int maxLength;
  private final int vocabularyRows;
  private final int stride;
  private final boolean cutsLeft;
  private final boolean givesTypes;

  /**
   * Settings.
   *
   * @param json content of {@code tokenizer.json}
   * @param maxLength most tokens of a record, special ones included
   * @param vocabularyRows rows of the word embeddings: ids must be smaller
   */
  public TokenizerSettings(byte[] json, int maxLength, int vocabularyRows) {
    this(json, maxLength, vocabularyRows, NO_WINDOWS, false);
  }

  /**
   * Settings for texts that are cut into windows.
   *
   * @param json content of {@code tokenizer.json}
   * @param maxLength most tokens of a window, special ones included
   * @param vocabularyRows rows of the word embeddings: ids must be smaller
   * @param stride tokens that a window shares with the one before
   * @param cutsLeft whether the first window is the one that is not full
   */
  public TokenizerSettings(
      byte[] json, int maxLength, int vocabularyRows, int stride, boolean cutsLeft) {
    this(json.clone(), maxLength, vocabularyRows, stride, cutsLeft, true);
  }

  private TokenizerSettings(
      byte[] json,
      int maxLength,
      int vocabularyRows,
      int stride,
      boolean cutsLeft,
      boolean givesTypes) {
    this.json = json;
    this.maxLength = maxLength;
    this.vocabularyRows = vocabularyRows;
    this.stride = stride;
    this.cutsLeft = cutsLeft;
    this.givesTypes = givesTypes;
  }

  /** The same settings for a model that is given no token types: all of them are 0. */
  public TokenizerSettings withoutTypes() {
    return new TokenizerSettings(json, maxLength, vocabularyRows, stride, cutsLeft, false);
  }

  /** Whether the model is given token types. */
  boolean givesTypes() {
    return givesTypes;
  }

  /** Content of {@code tokenizer.json}. */
  byte[] json() {
    return json;
  }

  /** Most tokens of a record, or of a window. */
  public int maxLength() {
    return maxLength;
  }

  /** Rows of the word embeddings. */
  public int vocabularyRows() {
    return vocabularyRows;
  }

  /** Whether longer texts are cut into windows, so that the tokenizer does not cut them. */
  public boolean hasWindows() {
    return stride != NO_WINDOWS;
  }

  /** Tokens that a window shares with the one before. */
  public int stride() {
    return stride;
  }

  /** Whether the first window is the one that is not full. */
  public boolean cutsLeft() {
    return cutsLeft;
  }
}
