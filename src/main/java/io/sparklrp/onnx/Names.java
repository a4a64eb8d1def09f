package io.sparklrp.onnx;

/** Names out of a file, which may hold anything. */
final class Names {
  private static final int LONGEST = 400;
  private static final int SHOWN = 120;

  private Names() {}

  /** Whether a name can be shown and kept as it is. */
  static boolean isPlain(String name) {
    return name.length() <= LONGEST && name.chars().noneMatch(Character::isISOControl);
  }

  /** A name as messages show it. */
  static String shown(String name) {
    String plain = name.replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "...";
  }
}
