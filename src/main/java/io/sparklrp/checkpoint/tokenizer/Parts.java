package io.sparklrp.checkpoint.tokenizer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Sections of a {@code tokenizer.json}. */
final class Parts {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonParser.Feature.ALLOW_SINGLE_QUOTES);

  private Parts() {}

  /** JSON that may have single quotes. */
  static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static ObjectNode list(String name, List<? extends JsonNode> parts) {
    ObjectNode sequence = json("{'type': 'Sequence'}");
    sequence.putArray(name).addAll(parts);
    return sequence;
  }

  static ObjectNode normalizers(List<? extends JsonNode> parts) {
    return list("normalizers", parts);
  }

  static ObjectNode preTokenizers(JsonNode... parts) {
    return list("pretokenizers", List.of(parts));
  }

  /** A WordPiece model's options. */
  static ObjectNode wordPiece(String unknown) {
    ObjectNode model = json("{'type': 'WordPiece'}");
    model.put("unk_token", unknown);
    return model.put("continuing_subword_prefix", "##").put("max_input_chars_per_word", 100);
  }

  /** The options of a BPE model over bytes. */
  static ObjectNode byteLevelModel() {
    return json(
        "{'type': 'BPE', 'dropout': null, 'unk_token': null, 'continuing_subword_prefix': '',"
            + " 'end_of_word_suffix': '', 'fuse_unk': false, 'byte_fallback': false,"
            + " 'ignore_merges': false}");
  }

  /** The options of a BPE model over characters that falls back to bytes. */
  static ObjectNode byteFallbackModel(String unknown) {
    return json("{'type': 'BPE', 'dropout': null, 'continuing_subword_prefix': null,"
            + " 'end_of_word_suffix': null, 'fuse_unk': true, 'byte_fallback': true,"
            + " 'ignore_merges': false}")
        .put("unk_token", unknown);
  }

  /** A Unigram model's options. */
  static ObjectNode unigram(long unknownId) {
    return json("{'type': 'Unigram', 'byte_fallback': false}").put("unk_id", unknownId);
  }

  /** BERT's normaliser with the arguments that users set. */
  static ObjectNode bertNormalizer(InitArguments arguments) {
    ObjectNode normalizer = json("{'type': 'BertNormalizer', 'clean_text': true}");
    normalizer.put("handle_chinese_chars", arguments.flag("tokenize_chinese_chars", true));
    normalizer.set("strip_accents", stripAccents(arguments));
    return normalizer.put("lowercase", arguments.flag("do_lower_case", true));
  }

  private static JsonNode stripAccents(InitArguments arguments) {
    JsonNode value = arguments.value("strip_accents");
    return value.isNull()
        ? value
        : JSON.getNodeFactory().booleanNode(arguments.flag("strip_accents", false));
  }

  /** The pre-tokenizer of models over bytes. */
  static ObjectNode byteLevel(boolean addsBlank, boolean splits) {
    return json("{'type': 'ByteLevel', 'trim_offsets': true}")
        .put("add_prefix_space", addsBlank)
        .put("use_regex", splits);
  }

  /** The pre-tokenizer that writes blanks as U+2581. */
  static ObjectNode metaspace(String prepended, boolean splits) {
    return json("{'type': 'Metaspace', 'replacement': '\u2581'}")
        .put("prepend_scheme", prepended)
        .put("split", splits);
  }

  static ObjectNode replace(String kind, String pattern, String content) {
    ObjectNode replace = json("{'type': 'Replace'}").put("content", content);
    replace.putObject("pattern").put(kind, pattern);
    return replace;
  }

  static ObjectNode splitAt(String regex) {
    ObjectNode split = json("{'type': 'Split', 'behavior': 'Isolated', 'invert': false}");
    split.putObject("pattern").put("Regex", regex);
    return split;
  }

  /** A part without options. */
  static ObjectNode plain(String type) {
    return json("{}").put("type", type);
  }

  /** RoBERTa's processor. */
  static ObjectNode roberta(
      Construction made, String cls, String sep, boolean trims, boolean addsBlank) {
    ObjectNode processor =
        plain("RobertaProcessing").put("trim_offsets", trims).put("add_prefix_space", addsBlank);
    processor.putArray("sep").add(sep).add(made.id(sep));
    processor.putArray("cls").add(cls).add(made.id(cls));
    return processor;
  }

  /**
   * A processor by templates, in which {@code $A} and {@code $B} are the texts, and {@code :1} is a
   * token type.
   */
  static ObjectNode template(Construction made, List<String> single, List<String> pair) {
    ObjectNode processor = plain("TemplateProcessing");
    ObjectNode tokens = json("{}");
    processor.set("single", pieces(made, single, tokens));
    processor.set("pair", pieces(made, pair, tokens));
    processor.set("special_tokens", tokens);
    return processor;
  }

  private static ArrayNode pieces(Construction made, List<String> texts, ObjectNode tokens) {
    ArrayNode pieces = tokens.arrayNode();
    for (String text : texts) {
      int colon = text.lastIndexOf(':');
      String token = text.substring(0, colon);
      boolean isText = token.equals("$A") || token.equals("$B");
      pieces
          .addObject()
          .putObject(isText ? "Sequence" : "SpecialToken")
          .put("id", isText ? token.substring(1) : token)
          .put("type_id", Integer.parseInt(text.substring(colon + 1)));
      if (!isText) {
        ObjectNode special = tokens.putObject(token).put("id", token);
        special.putArray("ids").add(made.id(token));
        special.putArray("tokens").add(token);
      }
    }
    return pieces;
  }
}
