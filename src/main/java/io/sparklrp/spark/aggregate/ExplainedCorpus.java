package io.sparklrp.spark.aggregate;

import io.sparklrp.table.ExplainedSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The explained rows of an output, without those of errors, in columns that tables are made of.
 *
 * @param rows {@code key}, which tells records apart; {@code record}, what messages call it; {@code
 *     target}, what was explained, such as {@code negative} or {@code negative against positive};
 *     {@code predicted}, what the model said; {@code is_predicted}, 1 where that is the target and
 *     0 where not; {@code score}; {@code words}, an array of {@code word} and {@code relevance};
 *     {@code of_words}, what all tokens but special ones have; {@code special}, what these have;
 *     the ledger's {@code position}, {@code segment}, {@code bias} and {@code residual}; {@code
 *     slice_0}, ..., a record's own columns as texts
 * @param slices how many of these there are
 */
public record ExplainedCorpus(Dataset<Row> rows, int slices) {
  /** Begins the names of a record's own columns. */
  public static final String SLICE = "slice_";

  /** What a column has where it has nothing; as a text it counts as nothing too. */
  private static final String NULL = "(null)";

  /**
   * Those of an output.
   *
   * @param output its rows
   * @param schema which of its columns were added
   * @param key tells records apart
   * @param record what messages call a record
   * @param by the records' own columns to tell apart
   */
  public static ExplainedCorpus of(
      Dataset<Row> output, ExplainedSchema schema, Column key, Column record, List<Column> by) {
    List<Column> columns = new ArrayList<>(List.of(key.as("key"), record.as("record")));
    columns.add(functions.expr(target(schema)).as("target"));
    columns.add(functions.expr(schema.sql("prediction", "label")).as("predicted"));
    columns.add(functions.expr(isPredicted(schema)).as("is_predicted"));
    columns.add(functions.expr(schema.sql("target", "score")).as("score"));
    columns.add(functions.expr(words(schema)).as("words"));
    columns.add(
        functions.expr(schema.sql("ledger", "tokens") + " - " + special(schema)).as("of_words"));
    columns.add(functions.expr(special(schema)).as("special"));
    for (String part : List.of("position", "segment", "bias", "residual")) {
      columns.add(functions.expr(schema.sql("ledger", part)).as(part));
    }
    for (int i = 0; i < by.size(); i++) {
      // a null is a value of its own, so that tables can be joined
      columns.add(functions.coalesce(by.get(i).cast("string"), functions.lit(NULL)).as(SLICE + i));
    }
    Dataset<Row> explained =
        output
            .where(schema.sql("error") + " is null and " + schema.sql("target") + " is not null")
            .select(columns.toArray(Column[]::new));
    return new ExplainedCorpus(explained, by.size());
  }

  /** What was explained, in SQL. */
  public static String target(ExplainedSchema schema) {
    String against = schema.sql("target", "against_label");
    String name =
        String.format(
            "coalesce(%s, cast(%s as string), '')",
            schema.sql("target", "label"), schema.sql("target", "index"));
    return String.format(
        "if(%s is null, %s, concat(%s, ' against ', %s))", against, name, name, against);
  }

  private static String isPredicted(ExplainedSchema schema) {
    return String.format(
        "cast(%s = %s as double)",
        schema.sql("prediction", "index"), schema.sql("target", "index"));
  }

  /** Words in lower case; tokens where there are none, as of pictures. */
  private static String words(ExplainedSchema schema) {
    String form =
        "transform(%s, w -> struct(lower(w.%s) as word, cast(w.relevance as double) as relevance))";
    String words = schema.sql("words");
    String tokens = String.format("filter(%s, t -> not t.special)", schema.sql("tokens"));
    return String.format(
        "if(size(%s) > 0, %s, %s)",
        words, String.format(form, words, "word"), String.format(form, tokens, "token"));
  }

  private static String special(ExplainedSchema schema) {
    return String.format(
        "aggregate(filter(%s, t -> t.special), 0D, (total, t) -> total + t.relevance)",
        schema.sql("tokens"));
  }

  /** The columns that tell rows of a table apart: target, and a record's own where asked. */
  List<String> keys(boolean isSliced) {
    List<String> keys = new ArrayList<>(List.of("target"));
    for (int i = 0; isSliced && i < slices; i++) {
      keys.add(SLICE + i);
    }
    return keys;
  }

  /** Columns of some names. */
  static Column[] columns(List<String> names, String... more) {
    return Stream.concat(names.stream(), Stream.of(more))
        .map(functions::col)
        .toArray(Column[]::new);
  }
}
