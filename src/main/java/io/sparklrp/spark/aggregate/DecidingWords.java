package io.sparklrp.spark.aggregate;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** The word of each record that has the largest part of the evidence, the relevance above 0. */
final class DecidingWords implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;
  private static final StructType COLUMNS =
      StructType.fromDDL(
          "word STRING, part DOUBLE, relevance DOUBLE, record STRING, sketch ARRAY<INT>");

  private DecidingWords() {}

  /**
   * The words: {@code word}, its {@code part} of the evidence and its {@code relevance}, what
   * messages call the {@code record}, and a {@code sketch} of the other words there. Records
   * without evidence have none.
   *
   * @param rows {@code record} and {@code words}, an array of {@code word} and {@code relevance}
   */
  static Dataset<Row> of(Dataset<Row> rows) {
    return rows.select("record", "words").mapPartitions(new DecidingWords(), Encoders.row(COLUMNS));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Iterable<Row> all = () -> rows;
    return StreamSupport.stream(all.spliterator(), false)
        .map(DecidingWords::deciding)
        .flatMap(Optional::stream)
        .iterator();
  }

  private static Optional<Row> deciding(Row row) {
    String first = null;
    double most = 0;
    double evidence = 0;
    Map<String, WordPlaces> places = WordPlaces.of(row.getList(1));
    for (Map.Entry<String, WordPlaces> entry : places.entrySet()) {
      String word = entry.getKey();
      double relevance = entry.getValue().relevance();
      evidence += Math.max(0, relevance);
      if (relevance > most || (relevance == most && first != null && word.compareTo(first) < 0)) {
        first = word;
        most = relevance;
      }
    }
    return first == null
        ? Optional.empty()
        : Optional.of(
            RowFactory.create(
                first, most / evidence, most, row.getString(0), sketch(first, places.keySet())));
  }

  private static Integer[] sketch(String word, Set<String> words) {
    Set<String> others = new HashSet<>(words);
    others.remove(word);
    return TextSketch.of(others);
  }
}
