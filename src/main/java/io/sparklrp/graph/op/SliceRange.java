package io.sparklrp.graph.op;

/**
 * What a Slice keeps of one axis, as ONNX defines it: negative indices count from the end, those
 * beyond the axis are cut to it, and a negative step goes backwards.
 *
 * @param start the first index
 * @param end the index before which it ends
 * @param step from one to the next, not 0
 */
record SliceRange(long start, long end, long step) {
  /** Refuses a step of 0. */
  SliceRange {
    if (step == 0) {
      throw new IllegalArgumentException("its step is 0");
    }
  }

  /** The first index that is kept of an axis of a size. */
  long first(long size) {
    return step > 0 ? bound(start, size, 0, size) : bound(start, size, 0, size - 1);
  }

  /** How many are kept of an axis of a size. */
  long count(long size) {
    if (size == 0) {
      return 0;
    }
    long behind = step > 0 ? bound(end, size, 0, size) : bound(end, size, -1, size - 1);
    return Math.max(0, -Math.floorDiv(first(size) - behind, step));
  }

  /** Whether everything is kept, in order or backwards, however long the axis is. */
  boolean isWhole() {
    return (step == 1 && start == 0 && end >= Integer.MAX_VALUE)
        || (step == -1 && (start == -1 || start >= Integer.MAX_VALUE) && end <= -Integer.MAX_VALUE);
  }

  private static long bound(long index, long size, long least, long most) {
    return Math.max(Math.min(index < 0 ? index + size : index, most), least);
  }
}
