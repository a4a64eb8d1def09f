package io.sparklrp.report;

import io.sparklrp.attribution.HarmlessText;
import java.util.ArrayList;
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

  /**
   * The same without a column.
   *
   * @throws IllegalArgumentException if it has none of that name
   */
  public ReportTable without(String column) {
    int place = columns.indexOf(column);
    if (place < 0) {
      throw new IllegalArgumentException(
          String.format("'%s' has no column '%s'.", caption, column));
    }
    return new ReportTable(
        caption,
        less(columns, place),
        rows.stream().map(row -> less(row, place)).toList(),
        isFolded);
  }

  private static <T> List<T> less(List<T> all, int place) {
    List<T> rest = new ArrayList<>(all);
    rest.remove(place);
    return rest;
  }

  /** The same, folded. */
  public ReportTable folded() {
    return new ReportTable(caption, columns, rows, true);
  }
}
