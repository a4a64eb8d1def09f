package io.sparklrp.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where links to the records of a page lead. */
public final class Anchors {
  private final Map<String, String> byName = new HashMap<>();
  private final Map<Card, String> byCard = new HashMap<>();

  private Anchors(List<Card> cards) {
    Map<String, Integer> named = new HashMap<>();
    for (Card card : cards) {
      String anchor = "record-" + (byCard.size() + 1);
      byCard.putIfAbsent(card, anchor);
      byName.put(card.name(), byCard.get(card));
      named.merge(card.name(), 1, Integer::sum);
    }
    byName.keySet().removeIf(name -> named.get(name) > 1);
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
    return byName.get(name);
  }
}
