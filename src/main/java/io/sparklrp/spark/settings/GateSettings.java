package io.sparklrp.spark.settings;

import java.io.Serializable;

/**
 * What becomes of records that cannot be explained, and how many of them are borne.
 *
 * @param onError what becomes of one
 * @param maxErrorRate largest share of them; null for any
 * @param maxTruncatedRate largest share of rows whose text was cut; null for any
 * @param sample rows that are made again, each by itself, and compared; 0 for none
 */
public record GateSettings(
    OnError onError, Double maxErrorRate, Double maxTruncatedRate, int sample)
    implements Serializable {
  /** Rows that are made again, unless another number is given. */
  public static final int SAMPLE = 8;

  /** The usual: all are kept, and any number is borne. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects settings. */
  public static final class Builder {
    private OnError onError = OnError.USUAL;
    private Double maxErrorRate;
    private Double maxTruncatedRate;
    private int sample = SAMPLE;

    private Builder() {}

    /** What becomes of a record that cannot be explained. */
    public Builder onError(OnError what) {
      this.onError = what;
      return this;
    }

    /** Largest share of such records; null for any. */
    public Builder maxErrorRate(Double share) {
      this.maxErrorRate = share;
      return this;
    }

    /** Largest share of rows whose text was cut; null for any. */
    public Builder maxTruncatedRate(Double share) {
      this.maxTruncatedRate = share;
      return this;
    }

    /** Rows that are made again and compared; 0 for none. */
    public Builder sample(int rows) {
      this.sample = rows;
      return this;
    }

    /** The settings. */
    public GateSettings build() {
      return new GateSettings(onError, maxErrorRate, maxTruncatedRate, sample);
    }
  }
}
