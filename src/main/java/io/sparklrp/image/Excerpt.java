package io.sparklrp.image;

import java.util.ArrayList;
import java.util.List;

/** Parts of a file, and of others, as one: nothing is copied. */
final class Excerpt {
  private final List<byte[]> sources = new ArrayList<>();
  private final List<int[]> ranges = new ArrayList<>();
  private long length;

  /** All of a file. */
  static Excerpt of(byte[] file) {
    return new Excerpt().add(file);
  }

  /** Adds all of an array. */
  Excerpt add(byte[] source) {
    return add(source, 0, source.length);
  }

  /** Adds a part of an array; what follows the last part is added to it. */
  Excerpt add(byte[] source, int start, int end) {
    int last = sources.size() - 1;
    if (last >= 0 && sources.get(last) == source && ranges.get(last)[1] == start) {
      ranges.get(last)[1] = end;
    } else if (end > start) {
      sources.add(source);
      ranges.add(new int[] {start, end});
    }
    length += end - start;
    return this;
  }

  /** Adds another excerpt. */
  Excerpt add(Excerpt other) {
    for (int i = 0; i < other.parts(); i++) {
      add(other.source(i), other.start(i), other.end(i));
    }
    return this;
  }

  /** Bytes in all. */
  long length() {
    return length;
  }

  int parts() {
    return sources.size();
  }

  byte[] source(int part) {
    return sources.get(part);
  }

  int start(int part) {
    return ranges.get(part)[0];
  }

  int end(int part) {
    return ranges.get(part)[1];
  }
}
