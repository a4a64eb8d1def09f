package io.sparklrp.spark.show;

import static org.apache.spark.sql.functions.expr;

import io.sparklrp.error.UserException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** In which order rows are shown: that of SQL expressions, rows without a value last. */
final class RowOrder {
  private static final Pattern DIRECTION =
      Pattern.compile("(.+)\\s(asc|desc)\\s*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private RowOrder() {}

  /**
   * The rows in an order; as they are where none is given.
   *
   * @param keys expressions, the first one first, each of which may end in ASC or DESC
   * @throws UserException if one ends in another word
   */
  static Dataset<Row> apply(Dataset<Row> rows, List<String> keys) {
    return keys.isEmpty()
        ? rows
        : rows.orderBy(keys.stream().map(key -> column(rows, key)).toArray(Column[]::new));
  }

  private static Column column(Dataset<Row> rows, String key) {
    Matcher directed = DIRECTION.matcher(key);
    if (!directed.matches()) {
      checkUnnamed(rows, key);
      return expr(key).asc_nulls_last();
    }
    Column value = expr(directed.group(1));
    return directed.group(2).equalsIgnoreCase("desc")
        ? value.desc_nulls_last()
        : value.asc_nulls_last();
  }

  /** A misspelt direction is SQL too: a new name for what is before it, which orders nothing. */
  private static void checkUnnamed(Dataset<Row> rows, String key) {
    String[] parts = key.strip().split("\\s+", -1);
    String last = parts[parts.length - 1];
    if (parts.length > 1 && rows.select(expr(key)).columns()[0].equals(last)) {
      throw new UserException(
          String.format(
              "Cannot order rows by %s: %s is no direction. End --order-by in ASC, DESC or nothing.",
              key, last));
    }
  }
}
