package io.sparklrp.checkpoint.tokenizer;

import io.sparklrp.checkpoint.tokenizer.TokenizerClass.Mask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hugging Face's tokenizer classes whose BPE is over bytes. */
final class ByteLevelClasses {
  private static final String ROBERTA_TOKENS =
      "bos <s> eos </s> sep </s> cls <s> unk <unk> pad <pad> mask <mask>";
  private static final String END = "<|endoftext|>";
  private static final String GPT2_TOKENS = "unk " + END + " bos " + END + " eos " + END;

  /** Qwen's words, in which every digit is one. */
  private static final String QWEN =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
          + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private ByteLevelClasses() {}

  static List<TokenizerClass> all() {
    TokenizerClass gpt2 =
        TokenizerClass.of("GPT2Tokenizer", "BPE")
            .tokens(GPT2_TOKENS)
            .parts(made -> build(made, false));
    TokenizerClass roberta =
        gpt2.named("RobertaTokenizer")
            .tokens(ROBERTA_TOKENS)
            .processor(made -> roberta(made, flag(made, "trim_offsets", true), blank(made, false)));
    return List.of(
        gpt2,
        gpt2.named("CodeGenTokenizer").processor(ByteLevelClasses::checkTypes),
        gpt2.named("GPTNeoXTokenizer")
            .tokens("pad <|padding|>")
            .parts(ByteLevelClasses::buildNeoX)
            .processor(ByteLevelClasses::textsAlone),
        roberta,
        roberta
            .named("LukeTokenizer")
            .otherNamed(lukeTokens())
            .processor(made -> roberta(made, true, true)),
        gpt2.named("BlenderbotTokenizer")
            .tokens(ROBERTA_TOKENS)
            .mask(Mask.STRIPS_LEFT)
            .parts(made -> build(made, true)),
        gpt2.named("DebertaTokenizer")
            .types(true)
            .tokens("bos [CLS] eos [SEP] sep [SEP] cls [CLS] unk [UNK] pad [PAD] mask [MASK]")
            .processor(ByteLevelClasses::deberta),
        TokenizerClass.of("Qwen2Tokenizer", "BPE")
            .tokens("unk " + END + " eos " + END + " pad " + END)
            .parts(ByteLevelClasses::buildQwen)
            .processor(Construction::forgetSpecialsOptions));
  }

  private static Map<String, String> lukeTokens() {
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("entity_1_token", "<ent>");
    tokens.put("entity_2_token", "<ent2>");
    tokens.put("entity_unk_token", "[UNK]");
    tokens.put("entity_pad_token", "[PAD]");
    tokens.put("entity_mask_token", "[MASK]");
    tokens.put("entity_mask2_token", "[MASK2]");
    return tokens;
  }

  private static boolean flag(Construction made, String key, boolean absent) {
    return made.arguments().flag(key, absent);
  }

  private static boolean blank(Construction made, boolean absent) {
    return flag(made, "add_prefix_space", absent);
  }

  private static void build(Construction made, boolean addsBlank) {
    made.set("model", Parts.byteLevelModel());
    made.set("normalizer", null);
    made.set("pre_tokenizer", Parts.byteLevel(blank(made, addsBlank), true));
    made.set("decoder", Parts.byteLevel(true, true));
  }

  private static void buildNeoX(Construction made) {
    build(made, false);
    made.set("normalizer", Parts.plain("NFC"));
    made.set(
        "pre_tokenizer",
        Parts.byteLevel(blank(made, false), true)
            .put("trim_offsets", flag(made, "trim_offsets", true)));
  }

  private static void buildQwen(Construction made) {
    build(made, false);
    made.set("normalizer", Parts.plain("NFC"));
    boolean addsBlank = made.arguments().flagOrNull("add_prefix_space", false);
    made.set(
        "pre_tokenizer",
        Parts.preTokenizers(Parts.splitAt(QWEN), Parts.byteLevel(addsBlank, false)));
  }

  private static void roberta(Construction made, boolean trims, boolean addsBlank) {
    String cls = made.required("cls_token");
    String sep = made.required("sep_token");
    made.set("post_processor", Parts.roberta(made, cls, sep, trims, addsBlank));
  }

  /** No special tokens, whatever the file says. */
  private static void textsAlone(Construction made) {
    made.set("post_processor", Parts.template(made, List.of("$A:0"), List.of("$A:0", "$B:1")));
  }

  private static void deberta(Construction made) {
    String cls = made.required("cls_token") + ":0";
    String sep = made.required("sep_token") + ":0";
    made.set(
        "post_processor",
        Parts.template(
            made, List.of(cls, "$A:0", sep), List.of(cls, "$A:0", sep, sep, "$B:0", sep)));
  }

  private static void checkTypes(Construction made) {
    if (flag(made, "return_token_type_ids", false)) {
      throw new io.sparklrp.error.UserException(
          "Cannot use tokenizer_config.json: return_token_type_ids is not supported. Leave it out.");
    }
  }
}
