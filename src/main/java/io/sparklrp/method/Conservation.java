package io.sparklrp.method;

/** What of the score a method accounts for. */
public enum Conservation {
  /** All of it, up to rounding. */
  ALL("yes"),
  /** All but what is lost in softmaxes. */
  ALL_BUT_SOFTMAX("all but the softmax"),
  /** There is no saying. */
  NONE("no");

  private final String words;

  Conservation(String words) {
    this.words = words;
  }

  /** The answer to whether the method conserves. */
  public String words() {
    return words;
  }
}
