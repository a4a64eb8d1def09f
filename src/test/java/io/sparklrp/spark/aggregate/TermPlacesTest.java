package io.sparklrp.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Terms in texts whose words are what stands between blanks, and in those whose signs are words.
 */
@ExtendWith(LocalSpark.class)
class TermPlacesTest {
  /** A word's relevance is its length. */
  private static ExplainedCorpus corpus(String... texts) {
    Row[] rows = new Row[texts.length];
    for (int i = 0; i < texts.length; i++) {
      rows[i] = LocalSpark.row(texts[i]);
    }
    Dataset<Row> words =
        LocalSpark.table("text STRING", rows)
            .selectExpr(
                "'negative' as target",
                "text as record",
                "1D as is_predicted",
                "0.5D as score",
                "transform(filter(split(text, ' '), w -> w <> ''),"
                    + " w -> struct(lower(w) as word, cast(length(w) as double) as relevance)) as words");
    return new ExplainedCorpus(words, 0);
  }

  private static Lexicon lexicon(String... terms) {
    Row[] rows = new Row[terms.length];
    for (int i = 0; i < terms.length; i++) {
      rows[i] = LocalSpark.row(terms[i], "group");
    }
    return Lexicon.of(LocalSpark.table("term STRING, group STRING", rows), "test");
  }

  /** Places as {@code text: term relevance}. */
  private static List<String> found(ExplainedCorpus corpus, Lexicon lexicon) {
    return TermPlaces.of(corpus, lexicon).collectAsList().stream()
        .map(
            row ->
                String.format(
                    "%s: %s %.0f", row.getAs("record"), row.getAs("word"), row.<Double>getAs("r")))
        .toList();
  }

  @Test
  void signsAtTheEndsOfWordsAreNoPartOfThem() {
    assertThat(
            found(
                corpus("(bad) film", "bad, bad.", "\"not bad\"", "badly"),
                lexicon("bad", "not bad")))
        .containsExactlyInAnyOrder(
            "(bad) film: bad 5", "bad, bad.: bad 4", "bad, bad.: bad 4", "\"not bad\": not bad 8");
  }

  @Test
  void unlessTheyAreTheTerms() {
    assertThat(
            found(corpus("i write c++ code", "c is old", "c++, c", "(c++)!"), lexicon("C++", "c")))
        .containsExactlyInAnyOrder(
            "i write c++ code: c++ 3",
            "c is old: c 1",
            "c++, c: c++ 4",
            "c++, c: c 1",
            "(c++)!: c++ 6");
  }

  @Test
  void ofOneEndAndOfBoth() {
    assertThat(found(corpus("#me too, they say", "(#me)", "me"), lexicon("#me too", "#me")))
        .containsExactlyInAnyOrder("#me too, they say: #me too 7", "(#me): #me 5");
    assertThat(found(corpus("*wow* is wow"), lexicon("*wow*")))
        .containsExactly("*wow* is wow: *wow* 5");
    assertThat(found(corpus("-50 % off", "50"), lexicon("-50 %")))
        .containsExactly("-50 % off: -50 % 4");
  }

  @Test
  void signsThatAreWordsOfTheirOwn() {
    assertThat(
            found(
                corpus("c + + code", "# me too", "well - made"),
                lexicon("c++", "#me", "well-made")))
        .containsExactlyInAnyOrder(
            "c + + code: c++ 3", "# me too: #me 3", "well - made: well-made 9");
  }

  @Test
  void signsWithinATermAreAsInTexts() {
    assertThat(
            found(
                corpus("st. john's wort", "rock & roll", "rock roll"),
                lexicon("St. John's", "rock & roll")))
        .containsExactlyInAnyOrder("st. john's wort: st. john's 9", "rock & roll: rock & roll 9");
  }

  @Test
  void aTermOfSignsAlone() {
    assertThat(found(corpus("a 🎉 party", "a 🎉🎉 party"), lexicon("🎉")))
        .containsExactly("a 🎉 party: 🎉 1");
  }
}
