package io.sparklrp.spark.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;

import io.sparklrp.error.RecordException;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.model.OutputNames;
import io.sparklrp.spark.tally.ValueOfTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which class each value of the column of true labels was taken for. */
final class EvaluatedLabels {
  private EvaluatedLabels() {}

  /**
   * A sentence; empty where no values are taken for classes, such as tokens that follow.
   *
   * @param curves rows without errors
   * @param column of the true labels
   * @param spec of one of the methods
   */
  static Optional<String> note(Dataset<Row> curves, String column, ExplainSpec spec) {
    OutputNames names = new OutputNames(spec.card().labels());
    List<ValueOfTarget> found = new ArrayList<>();
    try {
      for (Row row : counted(curves)) {
        String label = spec.card().labels().get(names.ofRecord(row.getString(0)));
        found.add(new ValueOfTarget(row.getString(0), label, row.getLong(1)));
      }
    } catch (RecordException e) { // what follows a text, or a truth value: it names no class here
      return Optional.empty();
    }
    return ValueOfTarget.told(column, found);
  }

  private static List<Row> counted(Dataset<Row> curves) {
    return curves
        .groupBy("label")
        .agg(count_distinct(col("record")).as("records"))
        .orderBy(col("records").desc(), col("label"))
        .limit(ValueOfTarget.MOST + 1)
        .collectAsList();
  }
}
