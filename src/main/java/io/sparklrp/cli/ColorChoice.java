package io.sparklrp.cli;

/** Whether to colour what is printed. */
enum ColorChoice {
  /** On a terminal, unless {@code NO_COLOR} is set. */
  AUTO,
  /** Always. */
  ALWAYS,
  /** Never: numbers stand beside the words. */
  NEVER;

  @SuppressWarnings(
      "SystemConsoleNull") // from JDK 22 on a console is always there: then TERM alone tells
  boolean isOn() {
    return switch (this) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          System.console() != null
              && System.getenv("TERM") != null
              && System.getenv("NO_COLOR") == null;
    };
  }
}
