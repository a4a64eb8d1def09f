package io.sparklrp.spark.aggregate;

import static io.sparklrp.spark.aggregate.ExplainedCorpus.columns;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Where scores went: of each target, the mean of what words, special tokens, positions, segments
 * and constants have, what is left, the means of their magnitudes, and the share of these. {@code
 * predicted} is the part of records of which the model says the target.
 */
public final class ShareTable {
  private static final String PARTS =
      "array("
          + "struct('words' as part, of_words as amount),"
          + "struct('special tokens' as part, special as amount),"
          + "struct('position' as part, position as amount),"
          + "struct('segment' as part, segment as amount),"
          + "struct('bias' as part, bias as amount),"
          + "struct('residual' as part, residual as amount))";

  private ShareTable() {}

  /**
   * The table.
   *
   * @param isSliced whether the records' own columns tell rows apart too
   */
  public static Dataset<Row> of(ExplainedCorpus corpus, boolean isSliced) {
    List<String> keys = corpus.keys(isSliced);
    List<Column> read = new ArrayList<>(List.of(columns(keys)));
    read.add(col("score"));
    read.add(col("is_predicted"));
    read.add(explode(expr(PARTS)).as("p"));
    List<Column> groups = new ArrayList<>(List.of(columns(keys)));
    groups.add(col("p.part").as("part"));
    return corpus
        .rows()
        .select(read.toArray(Column[]::new))
        .groupBy(groups.toArray(Column[]::new))
        .agg(
            count(lit(1)).as("records"),
            avg("score").as("score"),
            avg("is_predicted").as("predicted"),
            avg("p.amount").as("mean"),
            avg(expr("abs(p.amount)")).as("magnitude"))
        .withColumn("all", sum("magnitude").over(Window.partitionBy(columns(keys))))
        .withColumn("share", expr("if(all = 0, 0D, magnitude / all)"))
        .drop("all");
  }
}
