package io.sparklrp.checkpoint.tokenizer;

import io.sparklrp.error.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which class {@code AutoTokenizer} of transformers 5 takes for a directory: that of {@code
 * tokenizer_config.json}, of {@code config.json}, or of the model's type. Types and classes are in
 * {@code auto-tokenizer.tsv}, which a script writes.
 */
final class TokenizerClasses {
  private static final Set<String> GENERIC =
      Set.of(
          "TokenizersBackend",
          "PythonBackend",
          "PreTrainedTokenizer",
          "PreTrainedTokenizerFast",
          "MistralCommonBackend",
          "BloomTokenizer");

  private static final TokenizerClasses ALL = new TokenizerClasses();

  private final Map<String, String> byType = new HashMap<>();
  private final Set<String> wrongTypes = new HashSet<>();
  private final Map<String, String> canonical = new HashMap<>();
  private final Map<String, TokenizerClass> known = new HashMap<>();

  /**
   * A class that was found.
   *
   * @param type what is made
   * @param note what a user should know of it; empty for nothing
   */
  record Choice(TokenizerClass type, String note) {}

  private TokenizerClasses() {
    Stream.of(
            WordPieceClasses.all(),
            ByteLevelClasses.all(),
            CharacterBpeClasses.all(),
            UnigramClasses.all())
        .flatMap(java.util.List::stream)
        .forEach(type -> known.put(type.name(), type));
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                TokenizerClasses.class.getResourceAsStream("auto-tokenizer.tsv"),
                StandardCharsets.UTF_8))) {
      lines.lines().map(line -> line.split("\t", -1)).forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read auto-tokenizer.tsv.", e);
    }
  }

  private void add(String[] line) {
    switch (line[0]) {
      case "type" -> byType.put(line[1], line[2]);
      case "wrong" -> wrongTypes.add(line[1]);
      case "class" -> canonical.put(line[1], line[2]);
      default -> throw new IllegalStateException(line[0]);
    }
  }

  /** The class for a directory. */
  static Choice of(DirectoryFiles files, TokenizerJson json) {
    return ALL.choice(files, json);
  }

  private static String plain(String name) {
    return name.endsWith("Fast") ? name.substring(0, name.length() - 4) : name;
  }

  private Choice choice(DirectoryFiles files, TokenizerJson json) {
    String type = files.modelType();
    String named = files.namedClass();
    String registered = byType.getOrDefault(type, "");
    if (named.isEmpty()) {
      return registered.isEmpty() ? asItIs() : ofType(registered, json);
    }
    if (isBytesOfLlama(named, type, registered, json)) {
      return asItIs();
    }
    if (registered.isEmpty() || plain(registered).equals(plain(named))) {
      return named(named);
    }
    if (GENERIC.contains(registered)) {
      return asItIs();
    }
    return wrongTypes.contains(type) ? ofType(registered, json) : named(named);
  }

  /** Llama 3's files name Llama 2's class, which does not read bytes. */
  private boolean isBytesOfLlama(String named, String type, String registered, TokenizerJson json) {
    return plain(named).equals("LlamaTokenizer")
        && !registered.equals("MistralCommonBackend")
        && !wrongTypes.contains(type)
        && json.mentions("\"ByteLevel\"");
  }

  private static Choice asItIs() {
    return new Choice(TokenizerClass.AS_IT_IS, "");
  }

  private String canonical(String name) {
    return canonical.getOrDefault(name, canonical.getOrDefault(plain(name), ""));
  }

  /** A class that a file names: one that transformers does not have leaves the file as it is. */
  private Choice named(String name) {
    String own = canonical(name);
    if (GENERIC.contains(plain(name)) || GENERIC.contains(own) || own.isEmpty()) {
      return asItIs();
    }
    if (!known.containsKey(own)) {
      throw new UserException(
          String.format(
              "Cannot use the tokenizer's class %s: what Hugging Face makes of it is not known here."
                  + " Set tokenizer_class to PreTrainedTokenizerFast in tokenizer_config.json if"
                  + " tokenizer.json alone gives the right tokens.",
              own));
    }
    return new Choice(known.get(own), "");
  }

  /** A class that no file names: one that does not fit the file's vocabulary is not taken. */
  private Choice ofType(String registered, TokenizerJson json) {
    String own = canonical(registered);
    if (GENERIC.contains(own) || own.isEmpty()) {
      return asItIs();
    }
    return known.containsKey(own) && known.get(own).fits(json.rest().path("model"))
        ? new Choice(known.get(own), "")
        : new Choice(
            TokenizerClass.AS_IT_IS,
            String.format(
                "tokenizer.json is used as it is: Hugging Face's %s, which the model's type stands for,"
                    + " does not fit it or is not known here.",
                own));
  }
}
