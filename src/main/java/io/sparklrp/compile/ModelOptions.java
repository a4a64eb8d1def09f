package io.sparklrp.compile;

import java.util.Optional;

/**
 * What a user says of a model that its files do not.
 *
 * @param pooling how one vector is made of all tokens: mean, cls or last
 * @param embeddings name of the value of an ONNX file that is explained
 * @param output name of the output of an ONNX file that is explained
 */
public record ModelOptions(
    Optional<String> pooling, Optional<String> embeddings, Optional<String> output) {
  /** Nothing is said. */
  public static final ModelOptions NONE =
      new ModelOptions(Optional.empty(), Optional.empty(), Optional.empty());

  /** What is said, where null stands for nothing. */
  public static ModelOptions of(String pooling, String embeddings, String output) {
    return new ModelOptions(
        Optional.ofNullable(pooling), Optional.ofNullable(embeddings), Optional.ofNullable(output));
  }
}
