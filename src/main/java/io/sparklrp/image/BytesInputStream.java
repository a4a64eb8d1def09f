package io.sparklrp.image;

import javax.imageio.stream.ImageInputStreamImpl;

/** A file in memory for the JDK's readers, which knows whether more was asked for than it has. */
final class BytesInputStream extends ImageInputStreamImpl {
  private final Excerpt file;
  private int part;
  private long partStart;
  private boolean exhausted;

  BytesInputStream(Excerpt file) {
    this.file = file;
  }

  /** Whether anything was to be read behind the end. */
  boolean isExhausted() {
    return exhausted;
  }

  @Override
  public int read() {
    bitOffset = 0;
    if (!locate()) {
      return -1;
    }
    int at = file.start(part) + (int) (streamPos - partStart);
    streamPos++;
    return file.source(part)[at] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (!locate()) {
      return -1;
    }
    int at = file.start(part) + (int) (streamPos - partStart);
    int count = Math.min(length, file.end(part) - at);
    System.arraycopy(file.source(part), at, target, offset, count);
    streamPos += count;
    return count;
  }

  /** Finds the part that the next byte is in; false behind the end. */
  private boolean locate() {
    if (streamPos >= file.length()) {
      exhausted = true;
      return false;
    }
    if (streamPos < partStart) {
      part = 0;
      partStart = 0;
    }
    while (streamPos - partStart >= file.end(part) - file.start(part)) {
      partStart += file.end(part) - file.start(part);
      part++;
    }
    return true;
  }

  @Override
  public long length() {
    return file.length();
  }
}
