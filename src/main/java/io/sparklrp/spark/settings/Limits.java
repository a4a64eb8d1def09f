package io.sparklrp.spark.settings;

import io.sparklrp.image.ImageDecoder;
import io.sparklrp.model.Precision;
import java.io.Serializable;

/**
 * How large records and batches may be.
 *
 * @param maxLength most tokens of a record; null for all that the model takes
 * @param stride tokens that consecutive windows of a longer text share; null where it is cut
 * @param maxPixels most pixels of a picture
 * @param batchTokens most tokens of a batch, padding included; null for what is usual in the
 *     numbers that are computed in
 */
public record Limits(Integer maxLength, Integer stride, long maxPixels, Integer batchTokens)
    implements Serializable {
  /** Most pixels of a picture, unless another number is given. */
  public static final long USUAL_PIXELS = ImageDecoder.USUAL_PIXELS;

  /** The highest number that can be given. */
  public static final long MOST_PIXELS = ImageDecoder.MOST_PIXELS;

  /** Most tokens of a batch, unless another number is given. */
  public static final int USUAL_BATCH_TOKENS = 1024;

  /**
   * The same where all products are of whole numbers: what is left to do in floats, attention
   * first, is then quicker in batches that stay in a core's own cache.
   */
  public static final int USUAL_BATCH_TOKENS_INT8 = 512;

  /** Most tokens of a batch that is computed in some numbers. */
  public int batchTokens(Precision precision) {
    if (batchTokens != null) {
      return batchTokens;
    }
    return precision == Precision.INT8 ? USUAL_BATCH_TOKENS_INT8 : USUAL_BATCH_TOKENS;
  }

  /** The usual limits, to be changed. */
  public static Builder builder() {
    return new Builder();
  }

  /** Whether longer texts are read in windows, instead of being cut. */
  public boolean readsWindows() {
    return stride != null;
  }

  /** Collects limits. */
  public static final class Builder {
    private Integer maxLength;
    private Integer stride;
    private long maxPixels = USUAL_PIXELS;
    private Integer batchTokens;

    private Builder() {}

    /** Most tokens of a record; null for all that the model takes. */
    public Builder maxLength(Integer tokens) {
      this.maxLength = tokens;
      return this;
    }

    /** Tokens that consecutive windows share; null where texts are cut. */
    public Builder stride(Integer tokens) {
      this.stride = tokens;
      return this;
    }

    /** Most pixels of a picture. */
    public Builder maxPixels(long pixels) {
      this.maxPixels = pixels;
      return this;
    }

    /** Most tokens of a batch; null for what is usual. */
    public Builder batchTokens(Integer tokens) {
      this.batchTokens = tokens;
      return this;
    }

    /** The limits. */
    public Limits build() {
      return new Limits(maxLength, stride, maxPixels, batchTokens);
    }
  }
}
