package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.model.Target;
import io.sparklrp.model.Task;
import io.sparklrp.oracle.UserMessage;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All that can be asked of each head, and what is said of what cannot. */
class TargetParserTest {
  private static final int NONE = Target.NONE;
  private static final List<String> CLASSES = List.of("negative", "positive", "a:b");
  private static final List<String> ENTITIES = List.of("O", "B-PER", "I-PER");
  private static final Map<String, Integer> WORDS =
      Map.of("good", 5, "bad", 6, "a:b", 7, ":", 8, "mask", 9, "next", 10, "17", 17);

  private static Target parse(Task task, String... texts) {
    List<String> labels =
        switch (task) {
          case SEQUENCE_CLASSIFICATION, IMAGE_CLASSIFICATION -> CLASSES;
          case TOKEN_CLASSIFICATION -> ENTITIES;
          default -> List.of();
        };
    return new TargetParser(task, labels, 100, TargetParserTest::wordId).parse(List.of(texts));
  }

  private static OptionalInt wordId(String text) {
    return WORDS.containsKey(text) ? OptionalInt.of(WORDS.get(text)) : OptionalInt.empty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Task.class,
      names = {"SEQUENCE_CLASSIFICATION", "IMAGE_CLASSIFICATION"})
  void classesOfTextsAndPictures(Task task) {
    assertThat(parse(task, "predicted")).isEqualTo(new Target.Predicted());
    assertThat(parse(task, "positive")).isEqualTo(new Target.Fixed(1, NONE));
    assertThat(parse(task, "1")).isEqualTo(new Target.Fixed(1, NONE));
    assertThat(parse(task, "column:label")).isEqualTo(new Target.Column("label"));
    assertThat(parse(task, "contrast:positive:negative")).isEqualTo(new Target.Fixed(1, 0));
    assertThat(parse(task, "contrast:a:b:negative")).isEqualTo(new Target.Fixed(2, 0));
    assertThat(parse(task, "all")).isEqualTo(new Target.All());
    assertThat(parse(task, "top:3")).isEqualTo(new Target.Top(3));
  }

  @Test
  void severalAreOneRowEach() {
    assertThat(parse(Task.SEQUENCE_CLASSIFICATION, "positive", "0", "contrast:0:1"))
        .isEqualTo(
            new Target.Several(
                List.of(
                    new Target.Fixed(1, NONE), new Target.Fixed(0, NONE), new Target.Fixed(0, 1))));
  }

  @Test
  void labelThatIsCalledAllIsThatLabel() {
    List<String> labels = List.of("none", "all");
    TargetParser parser =
        new TargetParser(Task.SEQUENCE_CLASSIFICATION, labels, 0, TargetParserTest::wordId);
    assertThat(parser.parse(List.of("all"))).isEqualTo(new Target.Fixed(1, NONE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"predicted", "all", "top:2", "column:label"})
  void whatHasRowsOfItsOwnIsNotForSeveral(String text) {
    UserMessage.of(() -> parse(Task.SEQUENCE_CLASSIFICATION, "positive", text))
        .contains("'" + text + "'", "together");
  }

  @ParameterizedTest
  @ValueSource(strings = {"top:", "top:0", "top:-1", "top:x", "top:1.5", "top:4294967297"})
  void topOfNoNumberIsRefused(String text) {
    UserMessage.of(() -> parse(Task.SEQUENCE_CLASSIFICATION, text))
        .contains("'" + text + "'", "top:<k>");
    UserMessage.of(() -> parse(Task.MASKED_LANGUAGE_MODEL, text))
        .contains("'" + text + "'", "top:<k>");
  }

  @Test
  void whatWasProbablyMeantIsSaid() {
    UserMessage.of(() -> parse(Task.SEQUENCE_CLASSIFICATION, "Postive"))
        .contains("Use positive, or predicted, ");
    UserMessage.of(() -> parse(Task.TOKEN_CLASSIFICATION, "")).contains("Use entities, ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Positive", "3", "entities", "span", "mask", "cosine", "token:1"})
  void whatIsNoClassIsRefused(String text) {
    UserMessage.of(() -> parse(Task.SEQUENCE_CLASSIFICATION, text))
        .contains("'" + text + "'", "negative, positive", "contrast:<a>:<b>");
  }

  @Test
  void classesOfTokens() {
    Task task = Task.TOKEN_CLASSIFICATION;
    assertThat(parse(task, "predicted")).isEqualTo(new Target.Entities());
    assertThat(parse(task, "entities")).isEqualTo(new Target.Entities());
    assertThat(parse(task, "token:4")).isEqualTo(new Target.Token(4, NONE, NONE));
    assertThat(parse(task, "token:4:predicted")).isEqualTo(new Target.Token(4, NONE, NONE));
    assertThat(parse(task, "token:4:B-PER")).isEqualTo(new Target.Token(4, 1, NONE));
    assertThat(parse(task, "token:0:2")).isEqualTo(new Target.Token(0, 2, NONE));
    assertThat(parse(task, "token:4:contrast:B-PER:O")).isEqualTo(new Target.Token(4, 1, 0));
  }

  /** A class is not the answer to what may be asked of a token, nor a column. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "B-PER",
        "1",
        "all",
        "top:2",
        "column:label",
        "contrast:B-PER:O",
        "token",
        "token:",
        "token:x",
        "token:-1",
        "token:4:",
        "token:4:XYZ",
        "token:4:3",
        "token:4:column:label",
        "token:4:contrast:B-PER",
        "token:4:contrast:B-PER:XYZ"
      })
  void whatIsNoClassOfATokenIsRefusedWithWhatTokensHave(String text) {
    UserMessage.of(() -> parse(Task.TOKEN_CLASSIFICATION, text))
        .contains("'" + text + "'", "entities", "token:<i>:<label>")
        .doesNotContain("column:<name>");
  }

  @Test
  void labelsOfTokensAreNamed() {
    UserMessage.of(() -> parse(Task.TOKEN_CLASSIFICATION, "token:4:XYZ"))
        .contains("O, B-PER, I-PER", "below 3");
  }

  @Test
  void severalOfTokensAreRefused() {
    UserMessage.of(() -> parse(Task.TOKEN_CLASSIFICATION, "token:1", "token:2"))
        .contains("'token:1'");
  }

  @ParameterizedTest
  @CsvSource({
    "predicted, true, true, -1, -1, -1, -1",
    "span, true, true, -1, -1, -1, -1",
    "start, true, false, -1, -1, -1, -1",
    "end, false, true, -1, -1, -1, -1",
    "span:3:5, true, true, 3, 5, -1, -1",
    "start:3, true, false, 3, -1, -1, -1",
    "end:5, false, true, -1, 5, -1, -1",
    "start:contrast:3:7, true, false, 3, -1, 7, -1",
    "end:contrast:0:7, false, true, -1, 0, -1, 7"
  })
  void answers(String text, boolean start, boolean end, int from, int to, int notFrom, int notTo) {
    Target.Span span = new Target.Span(start, end, from, to, notFrom, notTo);
    assertThat(parse(Task.QUESTION_ANSWERING, text)).isEqualTo(span);
    assertThat(span.isGiven()).isEqualTo(text.contains(":"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "positive",
        "3",
        "all",
        "top:2",
        "entities",
        "span:",
        "span:3",
        "span:3:",
        "span:a:5",
        "span:3:5:7",
        "start:",
        "start:x",
        "start:-1",
        "start:3:5",
        "end:contrast:5",
        "end:contrast:5:x",
        "start:with:3:7",
        "span:contrast:3:7",
        "column:answer"
      })
  void whatIsNoAnswerIsRefused(String text) {
    UserMessage.of(() -> parse(Task.QUESTION_ANSWERING, text))
        .contains("'" + text + "'", "span:<i>:<j>", "start:contrast:<i>:<j>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"start:contrast:3:3", "end:contrast:0:0"})
  void aPositionAgainstItselfIsRefused(String text) {
    UserMessage.of(() -> parse(Task.QUESTION_ANSWERING, text)).contains("against itself");
  }

  @ParameterizedTest
  @CsvSource({"MASKED_LANGUAGE_MODEL, mask", "CAUSAL_LANGUAGE_MODEL, next"})
  void wordsOfLanguageModels(Task task, String own) {
    assertThat(parse(task, "predicted")).isEqualTo(new Target.Predicted());
    assertThat(parse(task, own)).isEqualTo(new Target.Predicted());
    assertThat(parse(task, own + ":good")).isEqualTo(new Target.Fixed(5, NONE));
    assertThat(parse(task, own + ":" + own)).isEqualTo(new Target.Fixed(WORDS.get(own), NONE));
    assertThat(parse(task, "good")).isEqualTo(new Target.Fixed(5, NONE));
    assertThat(parse(task, "17")).isEqualTo(new Target.Fixed(17, NONE));
    assertThat(parse(task, "top:3")).isEqualTo(new Target.Top(3));
    assertThat(parse(task, "column:word")).isEqualTo(new Target.Column("word"));
    assertThat(parse(task, "contrast:good:bad")).isEqualTo(new Target.Fixed(5, 6));
    assertThat(parse(task, own + ":contrast:good:bad")).isEqualTo(new Target.Fixed(5, 6));
    assertThat(parse(task, "contrast:a:b:good")).isEqualTo(new Target.Fixed(7, 5));
    assertThat(parse(task, "contrast:::good")).isEqualTo(new Target.Fixed(8, 5));
    assertThat(parse(task, "good", own + ":bad", "contrast:good:bad"))
        .isEqualTo(
            new Target.Several(
                List.of(
                    new Target.Fixed(5, NONE), new Target.Fixed(6, NONE), new Target.Fixed(5, 6))));
  }

  /** Number 5 is another token than "17" and "5", if there were one. */
  @ParameterizedTest
  @CsvSource({"MASKED_LANGUAGE_MODEL, mask", "CAUSAL_LANGUAGE_MODEL, next"})
  void idNamesATokenByItsNumberWhereverOneCanBeNamed(Task task, String own) {
    assertThat(parse(task, "id:42")).isEqualTo(new Target.Fixed(42, NONE));
    assertThat(parse(task, own + ":id:42")).isEqualTo(new Target.Fixed(42, NONE));
    assertThat(parse(task, own + ":id:0042")).isEqualTo(new Target.Fixed(42, NONE));
    assertThat(parse(task, "contrast:id:1:id:2")).isEqualTo(new Target.Fixed(1, 2));
    assertThat(parse(task, own + ":contrast:id:1:id:2")).isEqualTo(new Target.Fixed(1, 2));
    assertThat(parse(task, "contrast:good:id:2")).isEqualTo(new Target.Fixed(5, 2));
    assertThat(parse(task, "contrast:id:2:a:b")).isEqualTo(new Target.Fixed(2, 7));
    assertThat(parse(task, "contrast:id:2:17")).isEqualTo(new Target.Fixed(2, 17));
    assertThat(parse(task, "id:1", own + ":id:2"))
        .isEqualTo(
            new Target.Several(List.of(new Target.Fixed(1, NONE), new Target.Fixed(2, NONE))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"id:100", "next:id:100", "contrast:good:id:100", "id:99999999999999999"})
  void idBeyondTheVocabularyIsRefused(String text) {
    UserMessage.of(() -> parse(Task.CAUSAL_LANGUAGE_MODEL, text))
        .contains("'" + text + "'", "below 100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id:", "id:-1", "id:x", "next:id:", "id:1.0"})
  void whatIsNoIdIsRefused(String text) {
    UserMessage.of(() -> parse(Task.CAUSAL_LANGUAGE_MODEL, text)).contains("id:<n>");
  }

  @Test
  void completions() {
    Task task = Task.CAUSAL_LANGUAGE_MODEL;
    assertThat(parse(task, "completion:answer")).isEqualTo(new Target.Completion("answer", false));
    assertThat(parse(task, "completion:answer:sum"))
        .isEqualTo(new Target.Completion("answer", true));
    assertThat(parse(task, "completion:sum")).isEqualTo(new Target.Completion("sum", false));
    assertThat(parse(task, "completion:a:b:sum")).isEqualTo(new Target.Completion("a:b", true));
  }

  @ParameterizedTest
  @CsvSource({
    "MASKED_LANGUAGE_MODEL, mask:<token>, completion:answer",
    "MASKED_LANGUAGE_MODEL, mask:<token>, unknown",
    "MASKED_LANGUAGE_MODEL, mask:<token>, mask:unknown",
    "MASKED_LANGUAGE_MODEL, mask:<token>, mask:",
    "MASKED_LANGUAGE_MODEL, mask:<token>, all",
    "MASKED_LANGUAGE_MODEL, mask:<token>, column:",
    "MASKED_LANGUAGE_MODEL, mask:<token>, contrast:good",
    "MASKED_LANGUAGE_MODEL, mask:<token>, contrast:good:unknown",
    "MASKED_LANGUAGE_MODEL, mask:<token>, mask:contrast:good:",
    "CAUSAL_LANGUAGE_MODEL, next:<token>, mask:good",
    "CAUSAL_LANGUAGE_MODEL, next:<token>, next:unknown",
    "CAUSAL_LANGUAGE_MODEL, completion:<column>:sum, completion:",
    "CAUSAL_LANGUAGE_MODEL, completion:<column>:sum, completion::sum"
  })
  void whatIsNoWordIsRefused(Task task, String advice, String text) {
    UserMessage.of(() -> parse(task, text)).contains("'" + text + "'", advice);
  }

  @Test
  void vectors() {
    assertThat(parse(Task.EMBEDDING, "predicted")).isEqualTo(new Target.Similarity(true));
    assertThat(parse(Task.EMBEDDING, "cosine")).isEqualTo(new Target.Similarity(true));
    assertThat(parse(Task.EMBEDDING, "dot")).isEqualTo(new Target.Similarity(false));
    for (String text : List.of("", "euclidean", "0", "all", "column:other")) {
      UserMessage.of(() -> parse(Task.EMBEDDING, text)).contains("cosine or dot");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"contrast:positive:1", "contrast:0:negative"})
  void aClassAgainstItselfIsRefused(String text) {
    UserMessage.of(() -> parse(Task.SEQUENCE_CLASSIFICATION, text)).contains("against itself");
  }

  @Test
  void aWordOrClassOfATokenAgainstItselfIsRefused() {
    UserMessage.of(() -> parse(Task.CAUSAL_LANGUAGE_MODEL, "contrast:good:good"))
        .contains("against itself");
    UserMessage.of(() -> parse(Task.TOKEN_CLASSIFICATION, "token:1:contrast:O:0"))
        .contains("against itself");
  }
}
