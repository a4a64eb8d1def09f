package io.sparklrp.table;

import io.sparklrp.attribution.Attribution;
import io.sparklrp.attribution.RecordError;
import java.io.Serializable;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Turns what was found into the values of the columns that are added, in Spark's own form, less
 * what is not asked for.
 *
 * @param origin what every row says of its origin
 * @param without parts that are left out
 */
public record RowWriter(RowOrigin origin, Set<Omission> without) implements Serializable {
  /** Copies. */
  public RowWriter {
    without = Set.copyOf(without);
  }

  /** The values of a target that was explained. */
  public InternalRow of(Attribution found) {
    return values(OutputRow.of(found, origin));
  }

  /** The values of a record in which there is nothing to explain. */
  public InternalRow ofNothing(boolean truncated) {
    return values(OutputRow.ofNothing(truncated, origin));
  }

  /** The values of a record that was not explained. */
  public InternalRow of(RecordError error) {
    return values(OutputRow.of(error, origin));
  }

  private InternalRow values(OutputRow row) {
    OutputRow less = row;
    for (Omission part : without) {
      less = part.from(less);
    }
    return ExplainedSchema.toRow(less);
  }
}
