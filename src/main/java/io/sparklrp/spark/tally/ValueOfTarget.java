package io.sparklrp.spark.tally;

import io.sparklrp.attribution.HarmlessText;
import io.sparklrp.error.Counted;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a value of a column became where the column names targets: a label that is called 1
 * elsewhere is taken for the output of that number without an error, and should be seen.
 *
 * @param value as it was written; null for none, and for what became no label
 * @param label of the output that it became; null for none
 * @param records that have it
 */
public record ValueOfTarget(String value, String label, long records) {
  /** So many values are told: where there are more, they may be texts. */
  public static final int MOST = 20;

  private static final int LONGEST = 40;
  private static final String OF_NUMBERS =
      " Numbers were taken for the places of the model's labels: where yours mean something else, name them by --with-column.";

  /**
   * A sentence; empty where the values are so many or so long that they may be texts.
   *
   * @param column that names targets
   * @param found its values, the most frequent first
   */
  public static Optional<String> told(String column, List<ValueOfTarget> found) {
    boolean areShort =
        found.stream().allMatch(one -> one.value == null || one.value.length() <= LONGEST);
    if (found.isEmpty() || found.size() > MOST || !areShort) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            "Targets by column '%s': %s.%s",
            column,
            found.stream().map(ValueOfTarget::words).collect(Collectors.joining(", ")),
            found.stream().anyMatch(ValueOfTarget::isPlace) ? OF_NUMBERS : ""));
  }

  private String words() {
    if (label == null) {
      return String.format("others -> no label (%s)", Counted.of(records, "record"));
    }
    return String.format(
        "%s -> %s (%s)",
        value == null ? null : HarmlessText.line(value),
        HarmlessText.line(label),
        Counted.of(records, "record"));
  }

  /** Whether a number was taken for the place of a label that is called otherwise. */
  private boolean isPlace() {
    return value != null && label != null && value.matches("\\d+(\\.0+)?") && !label.equals(value);
  }
}
