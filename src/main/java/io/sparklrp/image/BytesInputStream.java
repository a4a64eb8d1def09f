package io.sparklrp.image;

import javax.imageio.stream.ImageInputStreamImpl;

/** A file in memory for the JDK's readers, which knows whether more was asked for than it has. */
final class BytesInputStream extends ImageInputStreamImpl {
  private final byte[] bytes;
  private boolean exhausted;

  BytesInputStream(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether anything was to be read behind the end. */
  boolean isExhausted() {
    return exhausted;
  }

  @Override
  public int read() {
    bitOffset = 0;
    if (streamPos >= bytes.length) {
      exhausted = true;
      return -1;
    }
    return bytes[(int) streamPos++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    if (count <= 0) {
      exhausted = true;
      return -1;
    }
    System.arraycopy(bytes, (int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
