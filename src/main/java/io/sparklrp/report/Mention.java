package io.sparklrp.report;

import io.sparklrp.attribution.HarmlessText;

/**
 * A record that a table names.
 *
 * @param name what it is called, as on its card if it has one
 * @param amount its amount, as it is written
 */
public record Mention(String name, String amount) {
  /** What is written is only read. */
  public Mention {
    name = HarmlessText.line(name);
    amount = HarmlessText.line(amount);
  }
}
