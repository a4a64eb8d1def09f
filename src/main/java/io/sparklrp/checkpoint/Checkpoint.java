package io.sparklrp.checkpoint;

import io.sparklrp.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A checkpoint directory. Its weights are mapped, not read, until a tensor is asked for. */
public final class Checkpoint {
  private static final long MODULES_LIMIT = 1L << 20;
  private static final List<String> KNOWN_MODULES =
      List.of(".Transformer", ".Pooling", ".Normalize");

  private final Path directory;
  private final ModelConfig config;
  private final Weights weights;
  private final TokenizerFile tokenizer;

  private Checkpoint(Path directory) {
    this.directory = directory;
    this.config = ModelConfig.read(directory.resolve("config.json"));
    this.weights = Weights.open(directory);
    this.tokenizer = readsImages() ? null : TokenizerFile.read(directory.resolve("tokenizer.json"));
  }

  /**
   * Opens a checkpoint.
   *
   * @throws UserException if the directory or one of its files is missing or not what it should be
   */
  public static Checkpoint open(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new UserException(
          "Cannot open model "
              + directory
              + ": there is no such directory. Give a Hugging Face checkpoint's directory.");
    }
    return new Checkpoint(directory);
  }

  /** The directory. */
  public Path directory() {
    return directory;
  }

  /** What {@code config.json} says. */
  public ModelConfig config() {
    return config;
  }

  /** The tensors. */
  public Weights weights() {
    return weights;
  }

  private boolean readsImages() {
    return config.has("image_size") && !config.has("vocab_size");
  }

  /** The tokenizer's file; empty for models of images. */
  public Optional<TokenizerFile> tokenizer() {
    return Optional.ofNullable(tokenizer);
  }

  /** SHA-256 over weights, configuration and tokenizer, in hexadecimal: the model's identity. */
  public String contentHash() {
    return ContentHash.of(directory, weights.files());
  }

  /** Whether sentence-transformers made it, and says how one vector is made of all tokens. */
  public boolean hasPooling() {
    return Files.exists(directory.resolve("1_Pooling").resolve("config.json"));
  }

  /** Modules behind the pooling that {@code modules.json} lists and that are not supported. */
  public List<String> otherModules() {
    Path file = directory.resolve("modules.json");
    if (!Files.exists(file)) {
      return List.of();
    }
    return BoundedFile.types(BoundedFile.read(file, MODULES_LIMIT), file.toString()).stream()
        .filter(type -> KNOWN_MODULES.stream().noneMatch(type::endsWith))
        .toList();
  }

  /**
   * How sentence-transformers makes one vector of all tokens, such as {@code mean_tokens}; none
   * where the checkpoint does not say.
   */
  public List<String> poolingModes() {
    return ModelConfig.readIfPresent(directory.resolve("1_Pooling").resolve("config.json"))
        .map(
            config ->
                Stream.of(
                        "cls_token",
                        "lasttoken",
                        "max_tokens",
                        "mean_tokens",
                        "mean_sqrt_len_tokens",
                        "weightedmean_tokens")
                    .filter(mode -> config.bool("pooling_mode_" + mode, false))
                    .toList())
        .orElse(List.of());
  }
}
