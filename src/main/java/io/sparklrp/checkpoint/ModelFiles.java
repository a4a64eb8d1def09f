package io.sparklrp.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files of a model's directory that are read: what a model means is in these, so whoever copies
 * or hashes a directory takes them all.
 */
public final class ModelFiles {
  /** The model's configuration. */
  public static final String CONFIG = "config.json";

  /** The tokenizer. */
  public static final String TOKENIZER = "tokenizer.json";

  /** How pictures are prepared. */
  public static final String PREPROCESSOR = "preprocessor_config.json";

  /** The weights, where they are in one file. */
  static final String WEIGHTS = "model.safetensors";

  /** The files of the weights, where they are in several. */
  static final String WEIGHTS_INDEX = "model.safetensors.index.json";

  static final String TOKENIZER_CONFIG = "tokenizer_config.json";
  static final String SPECIAL_TOKENS = "special_tokens_map.json";
  static final String ADDED_TOKENS = "added_tokens.json";

  /** What is said of the model beside its weights. */
  static final List<String> SETTINGS =
      List.of(CONFIG, TOKENIZER, TOKENIZER_CONFIG, SPECIAL_TOKENS, ADDED_TOKENS, PREPROCESSOR);

  private static final String WEIGHTS_END = ".safetensors";

  private ModelFiles() {}

  /** Whether a file may be read that lies in the directory itself. */
  public static boolean mayBeRead(String name) {
    return SETTINGS.contains(name)
        || SentenceModules.NAMES.contains(name)
        || name.equals(WEIGHTS_INDEX)
        || name.endsWith(WEIGHTS_END);
  }

  /**
   * The files in directories below that are read, as the others say; some may not be there.
   *
   * @param directory has all others
   */
  public static Set<String> below(Path directory) {
    Set<String> files = new TreeSet<>(SentenceModules.files(directory));
    files.removeIf(name -> name.indexOf('/') < 0);
    return files;
  }
}
