package io.sparklrp.spark.aggregate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** What one word has in one record, in all its places. */
final class WordPlaces {
  private long count;
  private double relevance;
  private double magnitude;
  private long positive;

  /**
   * That of each word of a record, in the order in which words stand there.
   *
   * @param words pairs of a word and its relevance
   */
  static Map<String, WordPlaces> of(List<Row> words) {
    Map<String, WordPlaces> byWord = new LinkedHashMap<>();
    for (Row word : words) {
      byWord.computeIfAbsent(word.getString(0), name -> new WordPlaces()).add(word.getDouble(1));
    }
    return byWord;
  }

  private void add(double relevanceOfPlace) {
    count++;
    relevance += relevanceOfPlace;
    magnitude += Math.abs(relevanceOfPlace);
    positive += relevanceOfPlace > 0 ? 1 : 0;
  }

  long count() {
    return count;
  }

  /** In sum. */
  double relevance() {
    return relevance;
  }

  /** Of its relevance, in sum. */
  double magnitude() {
    return magnitude;
  }

  /** Places where it is above 0. */
  long positive() {
    return positive;
  }
}
