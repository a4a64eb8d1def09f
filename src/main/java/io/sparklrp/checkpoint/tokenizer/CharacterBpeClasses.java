package io.sparklrp.checkpoint.tokenizer;

import java.util.List;

/** Hugging Face's tokenizer classes whose BPE is over characters and falls back to bytes. */
final class CharacterBpeClasses {
  private static final String BLANK = "\u2581";

  private CharacterBpeClasses() {}

  static List<TokenizerClass> all() {
    return List.of(
        TokenizerClass.of("LlamaTokenizer", "BPE")
            .tokens("unk <unk> bos <s> eos </s>")
            .parts(CharacterBpeClasses::buildLlama),
        TokenizerClass.of("GemmaTokenizer", "BPE")
            .tokens("unk <unk> bos <bos> eos <eos> pad <pad> mask <mask>")
            .parts(CharacterBpeClasses::buildGemma));
  }

  private static void buildLlama(Construction made) {
    boolean addsBlank = made.arguments().flagOrNull("add_prefix_space", true);
    String legacy = made.arguments().flag("legacy", false) ? "always" : "first";
    made.set("model", Parts.byteFallbackModel(null));
    made.set("normalizer", null);
    made.set("pre_tokenizer", Parts.metaspace(addsBlank ? legacy : "never", false));
    made.set("decoder", decoder(addsBlank));
  }

  private static void buildGemma(Construction made) {
    made.set("model", Parts.byteFallbackModel(made.required("unk_token")));
    made.set("normalizer", Parts.replace("String", " ", BLANK));
    made.set(
        "pre_tokenizer",
        Parts.json(
            "{'type': 'Split', 'pattern': {'String': ' '}, 'behavior': 'MergedWithPrevious',"
                + " 'invert': false}"));
    made.set("decoder", decoder(false));
  }

  private static com.fasterxml.jackson.databind.node.ObjectNode decoder(boolean strips) {
    return Parts.json(
        "{'type': 'Sequence', 'decoders': [{'type': 'Replace', 'pattern': {'String': '"
            + BLANK
            + "'}, 'content': ' '}, {'type': 'ByteFallback'}, {'type': 'Fuse'}"
            + (strips ? ", {'type': 'Strip', 'content': ' ', 'start': 1, 'stop': 0}" : "")
            + "]}");
  }
}
