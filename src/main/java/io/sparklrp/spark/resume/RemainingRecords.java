package io.sparklrp.spark.resume;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;

import io.sparklrp.spark.settings.NamedColumn;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The records of an input that an output does not hold yet. Records that are the same count: of
 * three of which the output holds one, two remain.
 *
 * <p>The input is shuffled once, by its hashes; of the output no more than these.
 *
 * @param key what tells records apart
 * @param whole all columns of a record: of several with the same key, those that the output holds
 *     as they are go first
 * @param namesRepeat whether a record may have several rows whose targets have the same name, as a
 *     word that is asked for twice: then their scores tell them apart
 */
public record RemainingRecords(RecordHash key, RecordHash whole, boolean namesRepeat) {
  private static final String HIGH = "_spark_lrp_high";
  private static final String LOW = "_spark_lrp_low";
  private static final String WHOLE = "_spark_lrp_whole";
  private static final String DONE = "_spark_lrp_done";
  private static final String NUMBER = "_spark_lrp_number";
  private static final String UNKNOWN = "_spark_lrp_unknown";
  private static final int DIGITS = 3;

  /**
   * What remains.
   *
   * @param input records
   * @param output rows of the same columns, and the column {@code target} below
   * @param target what was explained; a record has one row for each
   */
  public Dataset<Row> of(Dataset<Row> input, Dataset<Row> output, Column target) {
    Dataset<Row> keyed = keyed(input);
    Dataset<Row> done = done(output, target);
    Column sameKey =
        keyed.col(HIGH).equalTo(done.col(HIGH)).and(keyed.col(LOW).equalTo(done.col(LOW)));
    Dataset<Row> joined =
        keyed.join(done, sameKey, "left_outer").drop(done.col(HIGH)).drop(done.col(LOW));
    return numbered(joined)
        .where(col(DONE).isNull().or(col(NUMBER).gt(col(DONE + ".records"))))
        .select(Arrays.stream(input.columns()).map(NamedColumn::of).toArray(Column[]::new));
  }

  private Dataset<Row> keyed(Dataset<Row> rows) {
    return rows.withColumn(HIGH, key.high())
        .withColumn(LOW, key.low())
        .withColumn(WHOLE, whole.high());
  }

  /**
   * How often the output holds each key, and as which records. A record with several rows, one for
   * each target, is counted by the rarest of them.
   */
  private Dataset<Row> done(Dataset<Row> output, Column target) {
    Column score = namesRepeat ? round(target.getField("score"), DIGITS) : lit(null);
    Column name =
        struct(
            target.getField("index"),
            target.getField("label"),
            target.getField("against_index"),
            target.getField("against_label"),
            score.as("score"));
    return output
        .select(key.high().as(HIGH), key.low().as(LOW), whole.high().as(WHOLE), name.as("target"))
        .groupBy(HIGH, LOW, "target")
        .agg(
            struct(count(lit(1)).as("records"), sort_array(collect_list(col(WHOLE))).as("whole"))
                .as("rows"))
        .groupBy(HIGH, LOW)
        .agg(min(col("rows")).as(DONE));
  }

  /** Records of the same key, those first that the output holds as they are. */
  private static Dataset<Row> numbered(Dataset<Row> joined) {
    Column copy = row_number().over(Window.partitionBy(HIGH, LOW, WHOLE).orderBy(WHOLE));
    Column unknown =
        expr(
            String.format(
                "coalesce(%1$s > size(filter(%2$s.whole, one -> one = %3$s)), true)",
                NUMBER, DONE, WHOLE));
    Column number =
        row_number().over(Window.partitionBy(HIGH, LOW).orderBy(UNKNOWN, WHOLE, NUMBER));
    return joined.withColumn(NUMBER, copy).withColumn(UNKNOWN, unknown).withColumn(NUMBER, number);
  }
}
