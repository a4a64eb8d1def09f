package io.sparklrp.report;

import io.sparklrp.attribution.HarmlessText;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

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

  /**
   * The axis of all that is drawn in its tables, with 0 in the middle, so that bars of one section
   * are comparable; empty where nothing is drawn. An interval may go beyond it.
   */
  public Optional<Axis> axis() {
    double[] amounts = measures().mapToDouble(Measure::amount).toArray();
    return amounts.length == 0
        ? Optional.empty()
        : Optional.of(Axis.around(DoubleStream.of(amounts)));
  }

  /** Whether of something that is drawn an interval is. */
  public boolean hasIntervals() {
    return measures().anyMatch(Measure::hasInterval);
  }

  private Stream<Measure> measures() {
    return tables.stream()
        .flatMap(table -> table.rows().stream())
        .flatMap(List::stream)
        .flatMap(cell -> cell.measure().stream());
  }
}
