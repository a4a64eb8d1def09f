package io.sparklrp.spark.settings;

import io.sparklrp.compile.ModelOptions;
import java.io.Serializable;

/**
 * Which model, and what its files do not say of it.
 *
 * @param location a checkpoint's directory or an ONNX file on any Hadoop path, or {@code demo}
 * @param at the value of an ONNX file that is explained; null for its word embeddings
 * @param modelOutput the output of an ONNX file that is explained; null for its logits
 * @param pooling how one vector is made of all tokens, where the model does not say; null for none
 */
public record ModelSettings(String location, String at, String modelOutput, String pooling)
    implements Serializable {
  /** A model of which nothing is said beside its files. */
  public static ModelSettings of(String location) {
    return builder(location).build();
  }

  /** Settings of a model, to be added to. */
  public static Builder builder(String location) {
    return new Builder(location);
  }

  /** What is said of the model beside its files. */
  public ModelOptions options() {
    return ModelOptions.of(pooling, at, modelOutput);
  }

  /** Collects settings. */
  public static final class Builder {
    private final String location;
    private String at;
    private String modelOutput;
    private String pooling;

    private Builder(String location) {
      this.location = location;
    }

    /** The value of an ONNX file that is explained. */
    public Builder at(String value) {
      this.at = value;
      return this;
    }

    /** The output of an ONNX file that is explained. */
    public Builder modelOutput(String output) {
      this.modelOutput = output;
      return this;
    }

    /** How one vector is made of all tokens. */
    public Builder pooling(String kind) {
      this.pooling = kind;
      return this;
    }

    /** The settings. */
    public ModelSettings build() {
      return new ModelSettings(location, at, modelOutput, pooling);
    }
  }
}
