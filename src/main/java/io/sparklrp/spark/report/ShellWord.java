package io.sparklrp.spark.report;

/** A value as a word of a POSIX shell's command, for commands that readers copy. */
final class ShellWord {
  private static final String PLAIN = "[\\w./:,@%+=-]+";

  private ShellWord() {}

  /** As it is where the shell takes it as it is; otherwise in single quotes. */
  static String of(String value) {
    return value.matches(PLAIN) ? value : "'" + value.replace("'", "'\\''") + "'";
  }
}
