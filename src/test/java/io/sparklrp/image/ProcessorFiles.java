package io.sparklrp.image;

import io.sparklrp.checkpoint.ModelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory with the two files that say how a model takes pictures. */
record ProcessorFiles(Path directory) {

  /** What is read beside a plain Vision Transformer's {@code config.json}. */
  ImageProcessorConfig config(String processor) throws IOException {
    return config(processor, "{\"model_type\": \"vit\"}");
  }

  /**
   * What is read.
   *
   * @param processor content of {@code preprocessor_config.json}; null if there is no such file
   * @param model content of {@code config.json}
   */
  ImageProcessorConfig config(String processor, String model) throws IOException {
    Files.deleteIfExists(file());
    if (processor != null) {
      Files.writeString(file(), processor);
    }
    Path config = Files.writeString(directory.resolve("config.json"), model);
    return ImageProcessorConfig.read(directory, ModelConfig.readIfPresent(config).orElseThrow());
  }

  Path file() {
    return directory.resolve(ImageProcessorConfig.FILE);
  }
}
