package io.sparklrp.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.spark_partition_id;
import static org.apache.spark.sql.functions.sum;

import io.sparklrp.explain.input.LengthEstimate;
import io.sparklrp.explain.window.EncodedWindows;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How records are spread over tasks: by estimated tokens, since a file split of 128 MB of text is
 * hours of work.
 *
 * @param records number of records
 * @param tokens estimated tokens of all of them
 * @param partitions tasks
 * @param repartitioned whether the input has to be spread anew
 */
record PartitionPlan(long records, long tokens, int partitions, boolean repartitioned) {
  /** A task of this many tokens takes some ten seconds to a minute on one core. */
  static final long TOKENS_PER_TASK = 200_000;

  private static final double CHARACTERS_PER_TOKEN = 4;
  private static final int SPECIAL_TOKENS = 2;

  /** Looks at the lengths of records, once. */
  static PartitionPlan of(Dataset<Row> rows, LengthEstimate estimate, int cores) {
    if (estimate instanceof LengthEstimate.Fixed fixed) {
      return ofEqual(rows, fixed.tokens(), cores);
    }
    return estimate instanceof LengthEstimate.InWindows windows
        ? of(rows, inWindows(windows), cores)
        : of(rows, cut((LengthEstimate.Cut) estimate), cores);
  }

  private static Column cut(LengthEstimate.Cut texts) {
    return least(tokens(texts.columns()), lit((double) texts.maxLength()));
  }

  /** Windows share tokens. */
  private static Column inWindows(LengthEstimate.InWindows texts) {
    int maxLength = texts.maxLength();
    double shared =
        (double) texts.stride() / Math.max(1, maxLength - SPECIAL_TOKENS - texts.stride());
    Column tokens = tokens(texts.columns());
    Column more = tokens.minus(maxLength).multiply(shared);
    return least(
        tokens.plus(greatest(more, lit(0.0))),
        lit((double) maxLength * EncodedWindows.MOST_WINDOWS));
  }

  private static Column tokens(List<String> textColumns) {
    return textColumns.stream()
        .map(name -> coalesce(length(OutputTable.quoted(name)), lit(0)))
        .reduce(lit(0), Column::plus)
        .divide(CHARACTERS_PER_TOKEN)
        .plus(SPECIAL_TOKENS);
  }

  private static PartitionPlan of(Dataset<Row> rows, Column estimate, int cores) {
    List<Row> parts =
        rows.groupBy(spark_partition_id().as("partition"))
            .agg(count(lit(1)).as("records"), sum(estimate).as("tokens"))
            .collectAsList();
    long records = parts.stream().mapToLong(part -> part.getLong(1)).sum();
    double tokens = parts.stream().mapToDouble(part -> part.getDouble(2)).sum();
    double largest = parts.stream().mapToDouble(part -> part.getDouble(2)).max().orElse(0);
    return of(records, (long) tokens, (long) largest, parts.size(), cores);
  }

  /** Every record has the same number of tokens, or patches; they are only counted. */
  private static PartitionPlan ofEqual(Dataset<Row> rows, int tokensOfRecord, int cores) {
    List<Row> parts =
        rows.groupBy(spark_partition_id().as("partition"))
            .agg(count(lit(1)).as("records"))
            .collectAsList();
    long records = parts.stream().mapToLong(part -> part.getLong(1)).sum();
    long largest = parts.stream().mapToLong(part -> part.getLong(1)).max().orElse(0);
    return of(records, records * tokensOfRecord, largest * tokensOfRecord, parts.size(), cores);
  }

  static PartitionPlan of(long records, long tokens, long largest, int present, int cores) {
    long wanted = Math.max(tokens / TOKENS_PER_TASK + 1, Math.min(cores, records));
    long bearable = Math.max(TOKENS_PER_TASK, 2 * tokens / Math.max(1, wanted));
    boolean tooCoarse = largest > bearable || (present < wanted && present < cores);
    int partitions = tooCoarse ? (int) Math.min(wanted, 100_000) : Math.max(1, present);
    return new PartitionPlan(records, tokens, partitions, tooCoarse);
  }

  /** The records spread as planned. */
  Dataset<Row> apply(Dataset<Row> rows) {
    return repartitioned ? rows.repartition(partitions) : rows;
  }
}
