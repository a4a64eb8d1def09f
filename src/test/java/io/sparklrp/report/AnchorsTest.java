package io.sparklrp.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A link leads to the record that it names, or there is none. */
class AnchorsTest {
  private static Card card(String name) {
    return Card.plain("reason", name, "said");
  }

  private static Section section(Card... cards) {
    return new Section("records", "Records", List.of(), List.of(), List.of(cards));
  }

  @Test
  void aNameLeadsToItsCardInWhateverSectionItIs() {
    Card first = card("first");
    Card second = card("second");
    Anchors anchors = Anchors.of(List.of(section(first), section(second)));
    assertThat(anchors.of("first")).isEqualTo(anchors.of(first)).isNotNull();
    assertThat(anchors.of("second")).isEqualTo(anchors.of(second)).isNotNull();
    assertThat(anchors.of(first)).isNotEqualTo(anchors.of(second));
  }

  @Test
  void aNameOfNoCardOrOfTwoLeadsNowhere() {
    Card other = Card.plain("another reason", "twice", "said");
    Anchors anchors = Anchors.of(List.of(section(card("twice"), other)));
    assertThat(anchors.of("twice")).isNull();
    assertThat(anchors.of("nobody")).isNull();
    assertThat(anchors.of(other)).isNotNull();
  }

  @Test
  void cardsThatAreAlikeHaveAnchorsOfTheirOwn() {
    Card first = card("alike");
    Card second = card("alike");
    Anchors anchors = Anchors.of(List.of(section(first, second)));
    assertThat(anchors.of(first)).isNotEqualTo(anchors.of(second));
  }
}
