package io.sparklrp.report;

import io.sparklrp.attribution.HarmlessText;
import java.util.List;

/**
 * A part of a page.
 *
 * @param id names it in links
 * @param title above it
 * @param sentences below the title, a paragraph each
 * @param tables below these
 * @param cards of records, below these
 */
public record Section(
    String id, String title, List<String> sentences, List<ReportTable> tables, List<Card> cards) {
  /** Copies. */
  public Section {
    title = HarmlessText.line(title);
    sentences = sentences.stream().map(HarmlessText::line).toList();
    tables = List.copyOf(tables);
    cards = List.copyOf(cards);
  }

  /** One of tables. */
  public static Section ofTables(
      String id, String title, List<String> sentences, List<ReportTable> tables) {
    return new Section(id, title, sentences, tables, List.of());
  }

  /** One of sentences alone. */
  public static Section ofSentences(String id, String title, List<String> sentences) {
    return new Section(id, title, sentences, List.of(), List.of());
  }
}
