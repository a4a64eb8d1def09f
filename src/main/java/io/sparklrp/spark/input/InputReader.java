package io.sparklrp.spark.input;

import io.sparklrp.error.UserException;
import io.sparklrp.spark.job.SparkMessage;
import io.sparklrp.spark.settings.InputSettings;
import java.util.Optional;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Opens files or a table. */
public final class InputReader {
  private InputReader() {}

  /**
   * All that is there.
   *
   * @param remedy what to do where it cannot be read
   * @param types the columns, where the format keeps no types; empty to have them found
   * @throws UserException if it cannot be read
   */
  public static Dataset<Row> read(
      SparkSession session, InputSettings settings, Optional<StructType> types, String remedy) {
    try {
      if (settings.isTable()) {
        return session.table(settings.table());
      }
      DataFrameReader reader = session.read().format(settings.format());
      settings.options().forEach(reader::option);
      types.ifPresent(reader::schema);
      return settings.load(reader);
    } catch (Exception e) { // AnalysisException is checked, but Scala does not declare it
      throw cannotRead(settings, e, remedy);
    }
  }

  /** Says why an input cannot be read. */
  static UserException cannotRead(InputSettings settings, Exception reason) {
    return cannotRead(settings, reason, "Check --input, --input-format and --read-option.");
  }

  private static UserException cannotRead(InputSettings settings, Exception reason, String remedy) {
    return new UserException(
        String.format("Cannot read %s: %s. %s", settings.name(), SparkMessage.of(reason), remedy),
        reason);
  }
}
