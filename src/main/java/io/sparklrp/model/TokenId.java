package io.sparklrp.model;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code id:<n>}: a token by its number, whatever the vocabulary has of that text. */
public final class TokenId {
  private static final Pattern WRITTEN = Pattern.compile("id:(\\d+)");
  private static final int MOST_DIGITS = 9;

  private TokenId() {}

  /** The number; the largest of all where it has too many digits for any vocabulary. */
  public static OptionalInt of(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      return OptionalInt.empty();
    }
    String digits = written.group(1);
    return OptionalInt.of(
        digits.length() > MOST_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(digits));
  }

  /** The same for a number as Spark writes it, such as 5 or 5.0. */
  public static String written(String number) {
    return "id:" + number.replaceFirst("\\.0+$", "");
  }
}
