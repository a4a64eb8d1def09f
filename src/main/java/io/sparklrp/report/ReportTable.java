package io.sparklrp.report;

import io.sparklrp.attribution.HarmlessText;
import java.util.List;

/**
 * A table of a page.
 *
 * @param caption above it
 * @param columns names of its columns; the first of each row names it
 * @param rows as many cells each as there are columns
 * @param isFolded whether it is to be opened first, as one of hundreds of rows is
 */
public record ReportTable(
    String caption, List<String> columns, List<List<Cell>> rows, boolean isFolded) {
  /**
   * Copies.
   *
   * @throws IllegalArgumentException if a row has more or fewer cells than there are columns
   */
  public ReportTable {
    caption = HarmlessText.line(caption);
    columns = columns.stream().map(HarmlessText::line).toList();
    rows = rows.stream().map(List::copyOf).toList();
    for (List<Cell> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            String.format(
                "A row of '%s' has %d cells for %d columns.", caption, row.size(), columns.size()));
      }
    }
  }

  /** One that is open. */
  public static ReportTable open(String caption, List<String> columns, List<List<Cell>> rows) {
    return new ReportTable(caption, columns, rows, false);
  }

  /** The same, folded. */
  public ReportTable folded() {
    return new ReportTable(caption, columns, rows, true);
  }
}
