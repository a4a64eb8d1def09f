package io.sparklrp.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What was probably meant by a name that is not there. */
public final class Nearest {
  /** One letter in so many may be wrong. */
  private static final int LETTERS = 3;

  private Nearest() {}

  /**
   * The nearest of the names that there are, in any case of letters; empty where none is near.
   *
   * @param written what was written
   * @param known the names
   */
  public static Optional<String> to(String written, Collection<String> known) {
    return known.stream()
        .filter(name -> distance(written, name) <= Math.max(1, written.length() / LETTERS))
        .min(Comparator.comparingInt(name -> distance(written, name)));
  }

  private static int distance(String a, String b) {
    return LevenshteinDistance.getDefaultInstance()
        .apply(a.toLowerCase(Locale.ROOT), b.toLowerCase(Locale.ROOT));
  }
}
