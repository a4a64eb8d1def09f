package io.sparklrp.image;

import java.awt.image.DataBuffer;

/**
 * A picture's samples of 16 bits of which only the 8 bits are kept that are looked at, see {@link
 * RasterValues}.
 */
final class NarrowBuffer extends DataBuffer {
  private static final int BITS = 8;

  private final byte[] samples;
  private final boolean cutOff;

  /**
   * A buffer.
   *
   * @param cutOff whether large values are 255, and not divided by 256
   */
  NarrowBuffer(int size, boolean cutOff) {
    super(TYPE_USHORT, size);
    this.samples = new byte[size];
    this.cutOff = cutOff;
  }

  @Override
  public int getElem(int bank, int i) {
    int sample = samples[i] & 0xFF;
    return cutOff ? sample : sample << BITS;
  }

  @Override
  public void setElem(int bank, int i, int value) {
    int sample = value & 0xFFFF;
    samples[i] = (byte) (cutOff ? Math.min(sample, 0xFF) : sample >> BITS);
  }
}
