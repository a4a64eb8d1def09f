package io.sparklrp.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sparklrp.error.UserException;
import io.sparklrp.files.Confinement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What sentence-transformers says of a directory: the modules behind the model, and how long texts
 * are. Directories of all its versions up to 6 are read.
 */
public final class SentenceModules {
  private static final long LIMIT = 1L << 20;
  private static final String MODULES = "modules.json";
  private static final String PROMPTS = "config_sentence_transformers.json";
  private static final String PACKAGE = "sentence_transformers.";

  /** How it called the file of the transformer's settings, in the order of preference. */
  private static final List<String> SETTINGS =
      List.of(
          "sentence_bert_config.json",
          "sentence_roberta_config.json",
          "sentence_distilbert_config.json",
          "sentence_camembert_config.json",
          "sentence_albert_config.json",
          "sentence_xlm-roberta_config.json",
          "sentence_xlnet_config.json");

  /** The files in a model's directory itself that may be read. */
  static final Set<String> NAMES = names();

  /** Settings that change tokens or outputs, with the values that change nothing. */
  private static final Map<String, Set<String>> HARMLESS =
      Map.of(
          "transformer_task",
          Set.of("", "feature-extraction"),
          "module_output_name",
          Set.of("", "token_embeddings"),
          "processing_kwargs",
          Set.of("", "{}"),
          "processor_kwargs",
          Set.of("", "{}"),
          "tokenizer_args",
          Set.of("", "{}"),
          "config_args",
          Set.of("", "{}"),
          "config_kwargs",
          Set.of("", "{}"),
          "tokenizer_name_or_path",
          Set.of(""),
          "query_expansion",
          Set.of(""));

  private static final Map<String, String> FLAGS = flags();

  private final Path directory;
  private final JsonNode modules;
  private final JsonNode settings;
  private final JsonNode pooling;
  private final String settingsName;

  private SentenceModules(Path directory) {
    this.directory = directory;
    this.modules = array(directory, MODULES);
    this.pooling = object(directory, poolingFile(modules));
    this.settingsName = settingsName(directory);
    this.settings = object(directory, settingsName);
  }

  private static Set<String> names() {
    Set<String> names = new HashSet<>(SETTINGS);
    names.add(MODULES);
    names.add(PROMPTS);
    return Set.copyOf(names);
  }

  private static Map<String, String> flags() {
    Map<String, String> flags = new LinkedHashMap<>();
    flags.put("cls_token", "cls");
    flags.put("max_tokens", "max");
    flags.put("mean_tokens", "mean");
    flags.put("mean_sqrt_len_tokens", "mean_sqrt_len_tokens");
    flags.put("weightedmean_tokens", "weightedmean");
    flags.put("lasttoken", "lasttoken");
    return flags;
  }

  /** Reads a directory, which need not be of sentence-transformers. */
  public static SentenceModules read(Path directory) {
    return new SentenceModules(directory);
  }

  /** The files of a directory that are read, of which some may not be there. */
  static List<String> files(Path directory) {
    SentenceModules read = read(directory);
    List<String> files = new ArrayList<>(List.of(MODULES, PROMPTS, read.settingsName));
    if (read.modules.isEmpty()) {
      files.add(poolingFile(read.modules));
    }
    for (JsonNode module : read.modules) {
      if (!path(module).isEmpty()) {
        files.add(path(module) + "/" + ModelFiles.CONFIG);
      }
    }
    return files;
  }

  private static JsonNode array(Path directory, String name) {
    return file(directory, name)
        .map(file -> BoundedFile.array(BoundedFile.read(file, LIMIT), file.toString()))
        .orElse(MissingNode.getInstance());
  }

  private static JsonNode object(Path directory, String name) {
    return file(directory, name)
        .map(file -> BoundedFile.object(BoundedFile.read(file, LIMIT), file.toString()))
        .orElse(MissingNode.getInstance());
  }

  /** A file of the model's, also in a directory below. */
  private static Optional<Path> file(Path directory, String name) {
    return Optional.of(directory.resolve(name))
        .filter(Confinement::exists)
        .map(file -> Confinement.check(directory, file));
  }

  private static String settingsName(Path directory) {
    return SETTINGS.stream()
        .filter(name -> Confinement.exists(directory.resolve(name)))
        .findFirst()
        .orElse(SETTINGS.get(0));
  }

  private static String poolingFile(JsonNode modules) {
    for (JsonNode module : modules) {
      if (isOf(module, "Pooling") && !path(module).isEmpty()) {
        return path(module) + "/" + ModelFiles.CONFIG;
      }
    }
    return "1_Pooling/config.json";
  }

  /** A module's own directory, which must be one of the model's. */
  private static String path(JsonNode module) {
    String path = module.path("path").asText("");
    if (!path.matches("[A-Za-z0-9_.-]*") || path.startsWith(".")) {
      throw new UserException(
          "Cannot read modules.json: a module's path is no directory's name. Check the file.");
    }
    return path;
  }

  private static String type(JsonNode module) {
    String type = module.path("type").asText("");
    return PlainText.isPlain(type) ? type : "?";
  }

  /** Whether a module is one of sentence-transformers' own; other packages may use the name. */
  private static boolean isOf(JsonNode module, String name) {
    return type(module).startsWith(PACKAGE) && type(module).endsWith("." + name);
  }

  /** Whether it says how one vector is made of all tokens. */
  public boolean hasPooling() {
    return !pooling.isMissingNode();
  }

  /** Names of the ways in which one vector is made of all tokens; several are joined. */
  public List<String> poolingModes() {
    JsonNode mode = pooling.path("pooling_mode");
    if (mode.isTextual()) {
      return List.of(plain(mode));
    }
    List<String> modes = new ArrayList<>();
    if (mode.isArray()) {
      mode.forEach(one -> modes.add(plain(one)));
    } else {
      FLAGS.forEach(
          (flag, name) -> {
            if (pooling.path("pooling_mode_" + flag).asBoolean(false)) {
              modes.add(name);
            }
          });
    }
    return modes.isEmpty() && hasPooling() ? List.of("mean") : modes;
  }

  private static String plain(JsonNode text) {
    return PlainText.isPlain(text.asText()) ? text.asText() : "?";
  }

  /** Whether the vector is brought to length 1. */
  public boolean isNormalised() {
    for (JsonNode module : modules) {
      if (isOf(module, "Normalize")) {
        return true;
      }
    }
    return false;
  }

  /** Whether texts are written in lower case first. */
  public boolean isLowered() {
    return hasPooling() && settings.path("do_lower_case").asBoolean(false);
  }

  /** Most tokens of a text, where it is said. */
  public OptionalInt maxLength() {
    JsonNode length = settings.path("max_seq_length");
    if (!hasPooling() || length.isMissingNode() || length.isNull()) {
      return OptionalInt.empty();
    }
    if (!length.isIntegralNumber() || !length.canConvertToInt() || length.asInt() < 1) {
      throw new UserException(
          String.format(
              "Cannot read %s: max_seq_length is no positive whole number. Correct the file.",
              directory.resolve(settingsName)));
    }
    return OptionalInt.of(length.asInt());
  }

  /** What is asked for and not supported, a word each with the file that asks. */
  public List<String> unsupported() {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < modules.size(); i++) {
      JsonNode module = modules.get(i);
      boolean isFirst = isOf(module, "Transformer") && i == 0 && path(module).isEmpty();
      boolean isLater = i > 0 && (isOf(module, "Pooling") || isPlainNormalize(module));
      if (!isFirst && !isLater) {
        found.add(type(module) + " (modules.json)");
      }
    }
    HARMLESS.forEach(
        (key, values) -> {
          JsonNode value = settings.path(key);
          String text = value.isContainerNode() ? value.toString() : value.asText("");
          if (!value.isNull() && !values.contains(text)) {
            found.add(key + " (" + settingsName + ")");
          }
        });
    if (hasDefaultPrompt()) {
      found.add("default_prompt_name (" + PROMPTS + ")");
    }
    return found.stream().sorted().toList();
  }

  private boolean isPlainNormalize(JsonNode module) {
    return isOf(module, "Normalize")
        && object(directory, path(module) + "/" + ModelFiles.CONFIG)
            .path("module_input_name")
            .asText("sentence_embedding")
            .equals("sentence_embedding");
  }

  private boolean hasDefaultPrompt() {
    JsonNode prompts = object(directory, PROMPTS);
    String name = prompts.path("default_prompt_name").asText("");
    return !prompts.path("default_prompt_name").isNull()
        && !prompts.path("prompts").path(name).asText("").isEmpty();
  }
}
