package io.sparklrp.explain.input;

import java.util.List;

/** How many tokens a record has, as far as its columns tell without a tokenizer. */
public sealed interface LengthEstimate {
  /** All records have as many. */
  record Fixed(int tokens) implements LengthEstimate {}

  /**
   * By the characters of texts, which are cut.
   *
   * @param columns the texts
   * @param maxLength most tokens
   */
  record Cut(List<String> columns, int maxLength) implements LengthEstimate {
    /** Copies. */
    public Cut {
      columns = List.copyOf(columns);
    }
  }

  /**
   * By the characters of texts that are read in windows.
   *
   * @param columns the texts
   * @param maxLength most tokens of a window
   * @param stride tokens that consecutive windows share
   */
  record InWindows(List<String> columns, int maxLength, int stride) implements LengthEstimate {
    /** Copies. */
    public InWindows {
      columns = List.copyOf(columns);
    }
  }
}
