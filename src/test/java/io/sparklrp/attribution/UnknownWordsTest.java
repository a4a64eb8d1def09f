package io.sparklrp.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Words that a tokenizer puts one and the same token for. */
class UnknownWordsTest {
  private static final String TEXT = "🎉 is ꙮb";

  private static TokenRelevance token(String token, Integer start, Integer end, Integer segment) {
    return new TokenRelevance(token, 1, start, end, start, segment, start == null, 1f);
  }

  private static WordRelevance word(int start, int end, int segment) {
    return new WordRelevance("", start, end, segment, 1f);
  }

  @Test
  void aWordIsUnknownInWholeOrInPartAndToldOnce() {
    List<WordRelevance> words = List.of(word(0, 1, 0), word(2, 4, 0), word(5, 7, 0), word(0, 1, 1));
    List<TokenRelevance> tokens =
        List.of(
            token("[CLS]", null, null, null),
            token("[UNK]", 0, 1, 0),
            token("is", 2, 4, 0),
            token("<unk>", 5, 6, 0),
            token("b", 6, 7, 0),
            token("[UNK]", 0, 1, 1));
    assertThat(UnknownWords.of(List.of(TEXT, "🎉"), words, tokens)).containsExactly("🎉", "ꙮb");
  }

  @Test
  void aTextThatNamesTheTokenItselfIsNoUnknownWord() {
    List<WordRelevance> words = List.of(word(0, 5, 0));
    assertThat(UnknownWords.of(List.of("[UNK]"), words, List.of(token("[UNK]", 0, 5, 0))))
        .isEmpty();
  }

  @Test
  void anUnknownTokenThatIsAddedIsNoWord() {
    List<TokenRelevance> tokens = List.of(token("[UNK]", null, null, null));
    assertThat(UnknownWords.of(List.of("a"), List.of(word(0, 1, 0)), tokens)).isEmpty();
  }
}
