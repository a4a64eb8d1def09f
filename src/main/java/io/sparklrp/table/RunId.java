package io.sparklrp.table;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Names of runs: the time in UTC, so that they sort by it, enough chance to be unique, and the hash
 * of what decides their results, so that each row of an output says what it is a result of.
 */
public final class RunId {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int RANDOM_BYTES = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RunId() {}

  /**
   * The name of a run that begins now, such as {@code
   * 20240229T235959123Z-0123456789abcdef-fedcba9876543210}.
   */
  public static String next(ResultIdentity identity) {
    return at(Instant.now()) + ending(identity);
  }

  /** What the names of all runs of an identity end with, and those of no other. */
  public static String ending(ResultIdentity identity) {
    return "-" + identity.hash();
  }

  /** The name of a run that begins at some time. */
  static String at(Instant time) {
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    return TIME.format(time) + "-" + HexFormat.of().formatHex(random);
  }
}
