package io.sparklrp.report;

import io.sparklrp.attribution.HarmlessText;
import java.util.List;

/**
 * A page.
 *
 * @param title what it is about
 * @param subtitle when and how it was made
 * @param scale what one full shade of a word stands for, in units of the score
 * @param sections in the order in which they are read
 */
public record Report(String title, String subtitle, Shade scale, List<Section> sections) {
  /** Copies. */
  public Report {
    title = HarmlessText.line(title);
    subtitle = HarmlessText.line(subtitle);
    sections = List.copyOf(sections);
  }
}
