package io.sparklrp.record;

/** Tells numbers from NaN and infinities. */
final class FiniteNumbers {
  private FiniteNumbers() {}

  static boolean areAll(float... values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
