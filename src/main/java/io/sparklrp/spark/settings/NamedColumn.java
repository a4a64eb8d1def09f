package io.sparklrp.spark.settings;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;

/** A column by its name alone, which is no expression. */
public final class NamedColumn {
  private NamedColumn() {}

  /** The column of that very name, dots and all. */
  public static Column of(String name) {
    return col(sql(name));
  }

  /** The same in SQL, between backquotes. */
  public static String sql(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
