package io.sparklrp.cli;

import io.sparklrp.spark.settings.ModelSettings;
import picocli.CommandLine.Option;

/** Which model, and what its files do not say of it. */
final class ModelChoice {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR|FILE|demo",
      description = "A Hugging Face checkpoint, or an ONNX file with tokenizer.json beside it.")
  private String model;

  @Option(
      names = "--at",
      paramLabel = "NAME",
      description =
          "What is explained, in place of word embeddings: of a checkpoint embedding-output (words, positions and"
              + " segments together), of an ONNX file a value's name.")
  private String at;

  @Option(
      names = "--model-output",
      paramLabel = "NAME",
      description = "The output of an ONNX file to explain. Default: its logits.")
  private String modelOutput;

  @Option(
      names = "--pooling",
      description =
          "How one vector is made of all tokens, where the model does not say: mean, cls, last.")
  private String pooling;

  /** The options as settings. */
  ModelSettings settings() {
    return ModelSettings.builder(model).at(at).modelOutput(modelOutput).pooling(pooling).build();
  }
}
