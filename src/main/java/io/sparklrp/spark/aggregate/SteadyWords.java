package io.sparklrp.spark.aggregate;

import static org.apache.spark.sql.functions.sum;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * In how many records words do what they usually do: the target is the usual one, and the word has
 * at least half of the relevance that it has on average, which speaks for that target.
 */
final class SteadyWords implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;
  private static final StructType COLUMNS = StructType.fromDDL("word STRING, steady BIGINT");

  /**
   * What a word usually does.
   *
   * @param target the usual target
   * @param mean its relevance there, in a record
   */
  record Usual(String target, double mean) implements Serializable {
    private boolean isMet(String ofRecord, double relevance) {
      return mean > 0 && target.equals(ofRecord) && relevance >= mean / 2;
    }
  }

  private final Map<String, Usual> usual;

  private SteadyWords(Map<String, Usual> usual) {
    this.usual = new HashMap<>(usual);
  }

  /**
   * The count, {@code steady}, of each {@code word} that is asked for and does so at all.
   *
   * @param rows {@code target} and {@code words}, an array of {@code word} and {@code relevance}
   * @param usual what each word that is asked for does
   */
  static Dataset<Row> of(Dataset<Row> rows, Map<String, Usual> usual) {
    return rows.select("target", "words")
        .mapPartitions(new SteadyWords(usual), Encoders.row(COLUMNS))
        .groupBy("word")
        .agg(sum("steady").as("steady"));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Map<String, Long> counts = new HashMap<>();
    rows.forEachRemaining(row -> count(row.getString(0), row.getList(1), counts));
    return counts.entrySet().stream()
        .map(entry -> RowFactory.create(entry.getKey(), entry.getValue()))
        .iterator();
  }

  private void count(String target, List<Row> words, Map<String, Long> counts) {
    WordPlaces.of(words)
        .forEach(
            (word, places) -> {
              Usual own = usual.get(word);
              if (own != null && own.isMet(target, places.relevance())) {
                counts.merge(word, 1L, Long::sum);
              }
            });
  }
}
