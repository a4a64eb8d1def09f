package io.sparklrp.spark.aggregate;

import static io.sparklrp.spark.aggregate.ExplainedCorpus.columns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Adds up what words have within each partition, so that a corpus is not moved: only what is left,
 * some rows a word, is. Memory is bounded: where a partition has more words than are held, what
 * there is goes on, and a word may come again.
 */
final class WordTallies implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;

  /**
   * What is added up of a word: its places ({@code count}) and {@code records}, the {@code sum} of
   * its relevance and of its {@code magnitude}, the places where it is above 0 ({@code p}), sums
   * over records of squares and products of relevance and places ({@code ss}, {@code sn}, {@code
   * nn}), and the records with most and least, first the first; {@code order} is their relevance,
   * of the most with the other sign.
   */
  static final StructType COLUMNS =
      StructType.fromDDL(
          "word STRING, count BIGINT, records BIGINT, sum DOUBLE, magnitude DOUBLE, p BIGINT,"
              + " ss DOUBLE, sn DOUBLE, nn DOUBLE,"
              + " most ARRAY<STRUCT<order DOUBLE, key STRING, record STRING>>,"
              + " least ARRAY<STRUCT<order DOUBLE, key STRING, record STRING>>");

  /** Words that are held at once. */
  private static final int MOST_HELD = 50_000;

  private final int keys;
  private final int held;

  private WordTallies(int keys, int held) {
    this.keys = keys;
    this.held = held;
  }

  /**
   * What words have.
   *
   * @param rows {@code key}, which tells records apart, {@code record}, what messages call them,
   *     {@code words}, an array of {@code word} and {@code relevance}, and the keys
   * @param keys columns of text that tell rows apart beside the word
   */
  static Dataset<Row> of(Dataset<Row> rows, List<String> keys) {
    return of(rows, keys, MOST_HELD);
  }

  /** The same with another bound of words that are held. */
  static Dataset<Row> of(Dataset<Row> rows, List<String> keys, int held) {
    StructType schema = new StructType();
    for (String key : keys) {
      schema = schema.add(key, DataTypes.StringType);
    }
    for (StructField column : COLUMNS.fields()) {
      schema = schema.add(column);
    }
    return rows.select(columns(keys, "key", "record", "words"))
        .mapPartitions(new WordTallies(keys.size(), held), Encoders.row(schema));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Tallied(rows);
  }

  private final class Tallied implements Iterator<Row> {
    private final Iterator<Row> rows;
    private Iterator<Map.Entry<List<String>, WordTally>> ready = Collections.emptyIterator();

    Tallied(Iterator<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      while (!ready.hasNext() && rows.hasNext()) {
        ready = tallied(rows).entrySet().iterator();
      }
      return ready.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no word is left");
      }
      Map.Entry<List<String>, WordTally> entry = ready.next();
      List<Object> values = new ArrayList<>(entry.getKey());
      values.addAll(entry.getValue().values());
      return RowFactory.create(values.toArray());
    }
  }

  private Map<List<String>, WordTally> tallied(Iterator<Row> rows) {
    Map<List<String>, WordTally> tallies = new HashMap<>();
    while (rows.hasNext() && tallies.size() < held) {
      add(rows.next(), tallies);
    }
    return tallies;
  }

  private void add(Row row, Map<List<String>, WordTally> tallies) {
    String[] group = new String[keys + 1];
    for (int i = 0; i < keys; i++) {
      group[i] = row.getString(i);
    }
    String key = row.getString(keys);
    String record = row.getString(keys + 1);
    WordPlaces.of(row.getList(keys + 2))
        .forEach(
            (word, places) -> {
              String[] own = group.clone();
              own[keys] = word;
              tallies
                  .computeIfAbsent(Arrays.asList(own), name -> new WordTally())
                  .add(key, record, places);
            });
  }
}
