package io.sparklrp.spark;

import java.io.Serializable;

/**
 * What becomes of records that cannot be explained, and how many of them are borne.
 *
 * @param onError what becomes of one
 * @param maxErrorRate largest share of them; null for any
 */
public record GateSettings(OnError onError, Double maxErrorRate) implements Serializable {
  /** The usual: all are kept, and any number is borne. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects settings. */
  public static final class Builder {
    private OnError onError = OnError.USUAL;
    private Double maxErrorRate;

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

    /** The settings. */
    public GateSettings build() {
      return new GateSettings(onError, maxErrorRate);
    }
  }
}
