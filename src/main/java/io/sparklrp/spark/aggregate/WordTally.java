package io.sparklrp.spark.aggregate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What one word has in some records, added up: its places in a record are not independent of each
 * other, so that squares are of a record's sums.
 */
final class WordTally {
  /** Records that are named for each word, at both ends. */
  static final int NAMED = 3;

  /**
   * A record that is named.
   *
   * @param relevance what the word has in it; with the other sign where the most are named
   * @param key tells records apart, and orders those of equal relevance
   * @param record what messages call it
   */
  private record Named(double relevance, String key, String record) {
    static final Comparator<Named> ORDER =
        Comparator.comparingDouble(Named::relevance)
            .thenComparing(Named::key, Comparator.nullsFirst(Comparator.naturalOrder()));

    Row row() {
      return RowFactory.create(relevance, key, record);
    }
  }

  private final List<Named> most = new ArrayList<>(NAMED + 1);
  private final List<Named> least = new ArrayList<>(NAMED + 1);
  private long count;
  private long records;
  private double sum;
  private double magnitude;
  private long positive;
  private double squares;
  private double products;
  private double squaredCounts;

  /** Adds what the word has in a record. */
  void add(String key, String record, WordPlaces places) {
    double relevance = places.relevance();
    count += places.count();
    records++;
    sum += relevance;
    magnitude += places.magnitude();
    positive += places.positive();
    squares += relevance * relevance;
    products += relevance * places.count();
    squaredCounts += (double) places.count() * places.count();
    name(most, new Named(0 - relevance, key, record));
    name(least, new Named(relevance, key, record));
  }

  private static void name(List<Named> first, Named one) {
    if (first.size() == NAMED && Named.ORDER.compare(first.get(NAMED - 1), one) <= 0) {
      return;
    }
    int at = first.size();
    while (at > 0 && Named.ORDER.compare(first.get(at - 1), one) > 0) {
      at--;
    }
    first.add(at, one);
    if (first.size() > NAMED) {
      first.remove(NAMED);
    }
  }

  /** Its numbers, in the order of {@link WordTallies#COLUMNS}. */
  List<Object> values() {
    return List.of(
        count,
        records,
        sum,
        magnitude,
        positive,
        squares,
        products,
        squaredCounts,
        most.stream().map(Named::row).toArray(),
        least.stream().map(Named::row).toArray());
  }
}
