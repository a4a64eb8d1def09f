package io.sparklrp.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Words that people marked, and relevance. */
class HighlightsTest {
  @Test
  void relevanceInPeoplesOrderAgrees() {
    Highlights marks = Highlights.of("a good  film", 0, 1, 0.2).orElseThrow();
    Highlights.Agreement all = marks.with(new int[] {0, 2, 8}, .1, .7, -.3);
    assertThat(all.averagePrecision()).isEqualTo(1);
    assertThat(all.f1()).isEqualTo(1);
  }

  @Test
  void precisionIsThatOfTheMarkedOnes() {
    Highlights marks = Highlights.of("one two three four", 1, 0, 1, 0).orElseThrow();
    // order: two, one, four, three: precisions 1/2 and 2/4
    Highlights.Agreement some = marks.with(new int[] {0, 4, 8, 14}, 3, 4, 1, 2);
    assertThat(some.averagePrecision()).isCloseTo(0.5, within(1e-12));
    assertThat(some.f1()).isEqualTo(0.5);
  }

  @Test
  void tokensOfAWordAddUp() {
    Highlights marks = Highlights.of("unhappy end", 1, 0).orElseThrow();
    int[] starts = {-1, 0, 2, 7, -1}; // the last token begins with a blank
    assertThat(marks.with(starts, 9, .3, .3, .5, 9).averagePrecision()).isEqualTo(1);
    assertThat(marks.with(starts, 9, .2, .2, .5, 9).averagePrecision()).isEqualTo(0.5);
  }

  @Test
  void charactersAreCodePoints() {
    Highlights marks = Highlights.of("\ud83d\ude00 fine", 0, 1).orElseThrow();
    assertThat(marks.with(new int[] {0, 2}, 0, 1).averagePrecision()).isEqualTo(1);
  }

  @Test
  void whereThereIsNothingToAgreeWithThereIsNone() {
    assertThat(Highlights.of("a b", 0, 0)).isEmpty();
    assertThat(Highlights.of("a b", 1, 1)).isEmpty();
    assertThat(Highlights.of("a b", 1)).isEmpty();
    assertThat(Highlights.of("")).isEmpty();
  }
}
