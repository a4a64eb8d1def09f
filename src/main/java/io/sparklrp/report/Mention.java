package io.sparklrp.report;

import io.sparklrp.attribution.HarmlessText;

/**
 * A record that a table names, or a word that a card names.
 *
 * @param name what it is called; a record as on its card, if it has one
 * @param amount its amount, as it is written; empty for none
 */
public record Mention(String name, String amount) {
  /** What is written is only read. */
  public Mention {
    name = HarmlessText.line(name);
    amount = HarmlessText.line(amount);
  }
}
