package io.sparklrp.checkpoint;

import io.sparklrp.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A checkpoint directory. Its weights are mapped, not read, until a tensor is asked for. */
public final class Checkpoint {
  private final Path directory;
  private final ModelConfig config;
  private final Weights weights;
  private final SentenceModules modules;
  private final TokenizerFile tokenizer;

  private Checkpoint(Path directory) {
    this.directory = directory;
    this.config = ModelConfig.read(directory.resolve(ModelFiles.CONFIG));
    this.weights = Weights.open(directory);
    this.modules = SentenceModules.read(directory);
    this.tokenizer =
        readsImages()
            ? null
            : TokenizerFile.read(directory.resolve(ModelFiles.TOKENIZER), modules.isLowered());
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
    return modules.hasPooling();
  }

  /** What sentence-transformers says of the directory. */
  public SentenceModules modules() {
    return modules;
  }
}
