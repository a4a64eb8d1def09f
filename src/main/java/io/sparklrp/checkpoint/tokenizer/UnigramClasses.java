package io.sparklrp.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparklrp.checkpoint.tokenizer.TokenizerClass.Mask;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Hugging Face's tokenizer classes of SentencePiece's Unigram models. */
final class UnigramClasses {
  private static final String ROBERTA_TOKENS =
      "bos <s> eos </s> sep </s> cls <s> unk <unk> pad <pad> mask <mask>";
  private static final String ALBERT_TOKENS =
      "bos [CLS] eos [SEP] unk <unk> sep [SEP] pad <pad> cls [CLS] mask [MASK]";

  private UnigramClasses() {}

  static List<TokenizerClass> all() {
    TokenizerClass xlmRoberta =
        TokenizerClass.of("XLMRobertaTokenizer", "Unigram")
            .tokens(ROBERTA_TOKENS)
            .parts(
                made -> {
                  build(made, 3, scheme(made, "never"), true);
                  made.set("normalizer", made.charactersMap().orElse(null));
                })
            .processor(UnigramClasses::robertaTemplate);
    return List.of(
        xlmRoberta,
        xlmRoberta
            .named("CamembertTokenizer")
            .extra(arguments -> List.of("<s>NOTUSED", "</s>NOTUSED", "<unk>NOTUSED"))
            .mask(Mask.STRIPS_LEFT)
            .parts(
                made -> {
                  build(made, idOfUnknown(made, 0), scheme(made, "never"), true);
                  made.set("normalizer", made.charactersMap().orElse(null));
                }),
        TokenizerClass.of("AlbertTokenizer", "Unigram")
            .tokens(ALBERT_TOKENS)
            .parts(UnigramClasses::buildAlbert)
            .processor(UnigramClasses::bertTemplateUnlessGiven),
        TokenizerClass.of("RemBertTokenizer", "Unigram")
            .tokens(ALBERT_TOKENS)
            .parts(UnigramClasses::buildRemBert)
            .processor(made -> made.set("post_processor", WordPieceClasses.bertTemplate(made, 0))),
        TokenizerClass.of("BigBirdTokenizer", "Unigram")
            .tokens("unk <unk> bos <s> eos </s> pad <pad> sep [SEP] mask [MASK] cls [CLS]")
            .mask(Mask.STRIPS_LEFT_NORMALIZED)
            .parts(UnigramClasses::buildBigBird)
            .processor(made -> made.set("post_processor", WordPieceClasses.bertTemplate(made, 0))),
        TokenizerClass.of("DebertaV2Tokenizer", "Unigram")
            .types(true)
            .tokens("bos [CLS] eos [SEP] unk [UNK] sep [SEP] pad [PAD] cls [CLS] mask [MASK]")
            .parts(UnigramClasses::buildDeberta)
            .processor(made -> made.set("post_processor", WordPieceClasses.bertTemplate(made, 0))),
        TokenizerClass.of("T5Tokenizer", "Unigram")
            .tokens("eos </s> unk <unk> pad <pad>")
            .extra(UnigramClasses::sentinels)
            .parts(
                made -> {
                  build(made, 2, "always", true);
                  made.set("normalizer", made.charactersMap().orElse(null));
                })
            .processor(UnigramClasses::t5Template));
  }

  private static List<String> sentinels(InitArguments arguments) {
    int count = Math.max(0, Math.min(10_000, arguments.number("extra_ids", 100)));
    return IntStream.range(0, count).mapToObj(i -> "<extra_id_" + i + ">").toList();
  }

  private static String scheme(Construction made, String without) {
    return made.arguments().flag("add_prefix_space", true) ? "always" : without;
  }

  /** The model, and words at blanks that are written as U+2581. */
  private static void build(Construction made, long unknown, String scheme, boolean splits) {
    ObjectNode metaspace = Parts.metaspace(scheme, true);
    made.set("model", Parts.unigram(unknown));
    made.set(
        "pre_tokenizer",
        splits ? Parts.preTokenizers(Parts.plain("WhitespaceSplit"), metaspace) : metaspace);
    made.set("decoder", metaspace.deepCopy());
  }

  private static void buildAlbert(Construction made) {
    List<JsonNode> parts = new ArrayList<>(quotes());
    addAccentsAndCase(made, parts, false, true);
    build(made, 1, scheme(made, "never"), true);
    made.set("normalizer", Parts.normalizers(parts));
  }

  private static void buildRemBert(Construction made) {
    List<JsonNode> parts = new ArrayList<>(quotes());
    parts.add(Parts.replace("Regex", " {2,}", " "));
    addAccentsAndCase(made, parts, true, false);
    build(made, 2, scheme(made, "never"), false);
    made.set("normalizer", Parts.normalizers(parts));
  }

  private static List<ObjectNode> quotes() {
    return List.of(Parts.replace("String", "``", "\""), Parts.replace("String", "''", "\""));
  }

  private static void addAccentsAndCase(
      Construction made, List<JsonNode> parts, boolean keepsAccents, boolean lowers) {
    if (!made.arguments().flag("keep_accents", keepsAccents)) {
      parts.add(Parts.plain("NFKD"));
      parts.add(Parts.plain("StripAccents"));
    }
    if (made.arguments().flag("do_lower_case", lowers)) {
      parts.add(Parts.plain("Lowercase"));
    }
    made.charactersMap().ifPresent(parts::add);
  }

  private static void buildBigBird(Construction made) {
    build(made, scoreless(made, "<unk>", 100), scheme(made, "never"), false);
    made.set(
        "normalizer",
        Parts.normalizers(
            List.of(
                Parts.json("{'type': 'Strip', 'strip_left': false, 'strip_right': false}"),
                Parts.replace("Regex", " {2,}", "\u2581"))));
  }

  private static void buildDeberta(Construction made) {
    List<JsonNode> normalizers = new ArrayList<>();
    if (made.arguments().flag("do_lower_case", false)) {
      normalizers.add(Parts.plain("Lowercase"));
    }
    normalizers.add(Parts.replace("Regex", "\\s{2,}|[\\n\\r\\t]", " "));
    normalizers.add(Parts.plain("NFC"));
    normalizers.add(Parts.json("{'type': 'Strip', 'strip_left': false, 'strip_right': true}"));
    ObjectNode metaspace = Parts.metaspace(scheme(made, "first"), true);
    build(made, scoreless(made, "[UNK]", unknownOf(made)), scheme(made, "first"), false);
    made.set("normalizer", Parts.normalizers(normalizers));
    made.set(
        "pre_tokenizer",
        made.arguments().flag("split_by_punct", false)
            ? Parts.preTokenizers(
                Parts.json("{'type': 'Punctuation', 'behavior': 'Isolated'}"), metaspace)
            : Parts.preTokenizers(metaspace));
  }

  private static int unknownOf(Construction made) {
    return made.arguments().number("unk_id", 1);
  }

  private static long idOfUnknown(Construction made, long absent) {
    String unknown = made.required("unk_token");
    return made.vocabulary().ids(Set.of(unknown)).getOrDefault(unknown, absent);
  }

  /** The place of the unknown token where its score is 0, as these classes look for it. */
  private static long scoreless(Construction made, String text, long absent) {
    String unknown = made.token("unk_token").orElse(text);
    Vocabulary.Entry entry = made.vocabulary().entries(Set.of(unknown)).get(unknown);
    return entry == null || entry.score() != 0 ? absent : entry.id();
  }

  private static void bertTemplateUnlessGiven(Construction made) {
    if (!made.get("post_processor").isObject()) {
      made.set("post_processor", WordPieceClasses.bertTemplate(made, 0));
    }
  }

  private static void robertaTemplate(Construction made) {
    String first = made.required("bos_token") + ":0";
    String last = made.required("eos_token") + ":0";
    made.set(
        "post_processor",
        Parts.template(
            made, List.of(first, "$A:0", last), List.of(first, "$A:0", last, last, "$B:0", last)));
  }

  private static void t5Template(Construction made) {
    String last = made.required("eos_token") + ":0";
    made.set(
        "post_processor",
        Parts.template(made, List.of("$A:0", last), List.of("$A:0", last, "$B:0", last)));
  }
}
