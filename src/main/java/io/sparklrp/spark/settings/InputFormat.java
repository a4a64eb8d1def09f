package io.sparklrp.spark.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How files are read of which nobody says it: by the ending of their names, before that of a
 * compression. A table of text has its columns' names in the first line. Where commas part it,
 * fields may be quoted, with lines and doubled quotes in them (RFC 4180); where tabs do, a quote is
 * a character (IANA's text/tab-separated-values).
 *
 * @param name Spark's name of the format
 * @param options Spark's options of it
 */
record InputFormat(String name, Map<String, String> options) {
  private static final InputFormat USUAL = new InputFormat(InputSettings.FORMAT, Map.of());
  private static final InputFormat LINES_OF_JSON = new InputFormat("json", Map.of());
  private static final InputFormat COMMAS =
      new InputFormat(
          "csv", Map.of("header", "true", "quote", "\"", "escape", "\"", "multiLine", "true"));
  private static final InputFormat TABS =
      new InputFormat("csv", Map.of("header", "true", "sep", "\t", "quote", ""));

  private static final Map<String, InputFormat> BY_ENDING =
      Map.ofEntries(
          Map.entry("csv", COMMAS),
          Map.entry("tsv", TABS),
          Map.entry("tab", TABS),
          Map.entry("json", LINES_OF_JSON),
          Map.entry("jsonl", LINES_OF_JSON),
          Map.entry("ndjson", LINES_OF_JSON),
          Map.entry("orc", new InputFormat("orc", Map.of())),
          Map.entry("avro", new InputFormat("avro", Map.of())),
          Map.entry("png", new InputFormat("binaryFile", Map.of())),
          Map.entry("jpg", new InputFormat("binaryFile", Map.of())),
          Map.entry("jpeg", new InputFormat("binaryFile", Map.of())));

  /** Endings that are no names of formats to Spark. */
  private static final Set<String> ENDINGS_ALONE = Set.of("tsv", "tab", "jsonl", "ndjson");

  /** Spark's other names of options. */
  private static final Map<String, String> ALIASES = Map.of("delimiter", "sep");

  private static final Pattern ENDING =
      Pattern.compile(
          "\\.([a-z]+)(\\.(gz|bz2|lz4|snappy|deflate|zst))?$", Pattern.CASE_INSENSITIVE);

  /** Copies. */
  InputFormat {
    options = Map.copyOf(options);
  }

  /** That of a path; the usual one where its ending says nothing. */
  static InputFormat of(String path) {
    Matcher ending = ENDING.matcher(path);
    return ending.find()
        ? BY_ENDING.getOrDefault(ending.group(1).toLowerCase(Locale.ROOT), USUAL)
        : USUAL;
  }

  /** One that is said: Spark's name of it, or an ending that Spark has no format for. */
  static InputFormat named(String said) {
    String ending = said.toLowerCase(Locale.ROOT);
    return ENDINGS_ALONE.contains(ending) ? BY_ENDING.get(ending) : new InputFormat(said, Map.of());
  }

  /** Its options and others, which go before them where both say something. */
  Map<String, String> with(Map<String, String> given) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(options);
    given.forEach(
        (option, value) -> {
          all.remove(option);
          all.remove(ALIASES.getOrDefault(option.toLowerCase(Locale.ROOT), option));
          all.put(option, value);
        });
    return all;
  }
}
