package io.sparklrp.error;

import java.util.Locale;

/** A number of things in a sentence: {@code 0 errors}, {@code 1 error}, {@code 1,200 errors}. */
public final class Counted {
  private Counted() {}

  /**
   * The number and its noun.
   *
   * @param noun of one thing; more of them end in {@code s}
   */
  public static String of(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
