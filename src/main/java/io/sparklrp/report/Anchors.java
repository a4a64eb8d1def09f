package io.sparklrp.report;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where links to the records of a page lead. */
public final class Anchors {
  private final IdentityHashMap<Card, String> byCard = new IdentityHashMap<>();
  private final Map<String, List<Card>> byName;

  private Anchors(List<Card> cards) {
    for (Card card : cards) {
      byCard.put(card, "record-" + (byCard.size() + 1));
    }
    this.byName = cards.stream().collect(Collectors.groupingBy(Card::name));
  }

  /** Those of a page. */
  public static Anchors of(List<Section> sections) {
    return new Anchors(sections.stream().flatMap(section -> section.cards().stream()).toList());
  }

  /** A card's own. */
  public String of(Card card) {
    return byCard.get(card);
  }

  /** That of the only card of a name; null where there is none, or where two have it. */
  public String of(String name) {
    List<Card> named = byName.getOrDefault(name, List.of());
    return named.size() == 1 ? of(named.get(0)) : null;
  }
}
