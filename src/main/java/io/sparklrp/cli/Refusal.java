package io.sparklrp.cli;

import io.sparklrp.error.UserException;

/** What is wrong with an option's value, found before anything is done. */
final class Refusal {
  private Refusal() {}

  /** Refuses an option unless it is good. */
  static void unless(boolean good, String option, String reason, String instead) {
    if (!good) {
      throw of(option, reason, instead);
    }
  }

  /** Refuses two options of which not exactly one is given. */
  static void unlessOne(String command, String a, String nameOfA, String b, String nameOfB) {
    if ((a == null) == (b == null)) {
      throw new UserException(
          String.format(
              "Cannot run %s: it needs one of %s and %s. Give exactly one.",
              command, nameOfA, nameOfB));
    }
  }

  /** What to tell. */
  static UserException of(String option, String reason, String instead) {
    return new UserException(String.format("Cannot use %s: %s. Use %s.", option, reason, instead));
  }
}
