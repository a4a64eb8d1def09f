package io.sparklrp.checkpoint.tokenizer;

import java.util.List;

/** Hugging Face's tokenizer classes of BERT's kind. */
final class WordPieceClasses {
  private static final String BERT_TOKENS = "unk [UNK] sep [SEP] pad [PAD] cls [CLS] mask [MASK]";

  private WordPieceClasses() {}

  static List<TokenizerClass> all() {
    TokenizerClass bert =
        TokenizerClass.of("BertTokenizer", "WordPiece")
            .types(true)
            .tokens(BERT_TOKENS)
            .parts(WordPieceClasses::build)
            .processor(made -> made.set("post_processor", bertTemplate(made, 0)));
    TokenizerClass mpnet =
        TokenizerClass.of("MPNetTokenizer", "WordPiece")
            .tokens("bos <s> eos </s> sep </s> cls <s> unk [UNK] pad <pad> mask <mask>")
            .mask(TokenizerClass.Mask.STRIPS_LEFT_NORMALIZED)
            .parts(WordPieceClasses::build)
            .processor(
                made ->
                    made.set(
                        "post_processor",
                        Parts.roberta(
                            made,
                            made.required("cls_token"),
                            made.required("sep_token"),
                            true,
                            false)));
    TokenizerClass funnel =
        bert.named("FunnelTokenizer")
            .types(false)
            .tokens("unk <unk> sep <sep> pad <pad> cls <cls> mask <mask> bos <s> eos </s>")
            .processor(made -> made.set("post_processor", bertTemplate(made, 2)));
    return List.of(
        bert,
        bert.named("DistilBertTokenizer").types(false),
        bert.named("ConvBertTokenizer").withoutParts(),
        mpnet,
        funnel);
  }

  private static void build(Construction made) {
    made.set("model", Parts.wordPiece(made.required("unk_token")));
    made.set("normalizer", Parts.bertNormalizer(made.arguments()));
    made.set("pre_tokenizer", Parts.plain("BertPreTokenizer"));
    made.set("decoder", Parts.json("{'type': 'WordPiece', 'prefix': '##', 'cleanup': true}"));
  }

  /** The first token, the texts, and a separator behind each. */
  static com.fasterxml.jackson.databind.node.ObjectNode bertTemplate(
      Construction made, int firstType) {
    String first = made.required("cls_token") + ":" + firstType;
    String sep = made.required("sep_token");
    return Parts.template(
        made,
        List.of(first, "$A:0", sep + ":0"),
        List.of(first, "$A:0", sep + ":0", "$B:1", sep + ":1"));
  }
}
