package io.sparklrp.table;

import io.sparklrp.attribution.Result;
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

  /** The values of what came out of a record. */
  public InternalRow of(Result result) {
    return values(OutputRow.of(result, origin));
  }

  private InternalRow values(OutputRow row) {
    OutputRow less = row;
    for (Omission part : without) {
      less = part.from(less);
    }
    return ExplainedSchema.toRow(less);
  }
}
