package io.sparklrp.spark.output;

import io.sparklrp.error.UserException;
import io.sparklrp.spark.settings.OutputSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that an output has, as far as its files say: those of a run that goes on with it have
 * to be the same.
 *
 * @param settings the output
 * @param stored its columns
 */
public record StoredColumns(OutputSettings settings, StructType stored) {
  /** Formats that do not keep a column's type, nor one whose values are all null. */
  private static final List<String> WITHOUT_TYPES = List.of("json", "xml");

  /** Refuses records with other columns. */
  public void check(StructType record) {
    Map<String, StructField> found =
        Arrays.stream(stored.fields())
            .collect(Collectors.toMap(StructField::name, Function.identity(), (a, b) -> a));
    refuseForeign(found);
    if (!WITHOUT_TYPES.contains(settings.format())) {
      compare(record, found);
    }
  }

  private void refuseForeign(Map<String, StructField> found) {
    String runId = settings.prefix() + "run_id";
    if (!found.containsKey(runId)) {
      throw refusal(
          "it has no column " + runId,
          "Name an output of explain, with the --output-prefix that it was written with");
    }
  }

  private void compare(StructType record, Map<String, StructField> found) {
    List<String> ours = settings.schema().names();
    List<String> off = new ArrayList<>();
    for (StructField field : record.fields()) {
      StructField there = found.remove(field.name());
      if (there == null) {
        off.add("it lacks " + field.name());
      } else if (!isSame(field, there)) {
        off.add(
            String.format(
                "its %s is %s, not %s",
                field.name(), there.dataType().catalogString(), field.dataType().catalogString()));
      }
    }
    Stream<String> more = found.keySet().stream().filter(name -> !ours.contains(name)).sorted();
    more.forEach(name -> off.add("it has " + name + " too"));
    if (!off.isEmpty()) {
      throw refusal(
          "its columns are not the input's: " + String.join(", ", off),
          "Name the same columns by --columns");
    }
  }

  /** What a directory's name says of a value is of a type of its own. */
  private boolean isSame(StructField field, StructField there) {
    return settings.partitionBy().contains(field.name())
        || field.dataType().catalogString().equals(there.dataType().catalogString());
  }

  private UserException refusal(String reason, String remedy) {
    return new UserException(
        String.format("Cannot resume %s: %s. %s.", settings.name(), reason, remedy));
  }
}
