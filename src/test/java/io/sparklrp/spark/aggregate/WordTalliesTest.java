package io.sparklrp.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.spark.LocalSpark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** However a corpus is parted, and however few words are held, words come to the same. */
@ExtendWith(LocalSpark.class)
class WordTalliesTest {
  private static final long SEED = 20_261_128;
  private static final List<String> KEYS = List.of("target");
  private static final String[] WORDS = "a b c d e f g h i j k l".split(" ");
  private static final StructType ROWS =
      StructType.fromDDL(
          "target STRING, key STRING, record STRING, words ARRAY<STRUCT<word STRING, relevance DOUBLE>>");

  private static List<Row> rows() {
    Random random = new Random(SEED);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      List<Row> words = new ArrayList<>();
      for (int word = 0; word < random.nextInt(9); word++) {
        words.add(
            RowFactory.create(WORDS[random.nextInt(WORDS.length)], random.nextInt(9) / 4.0 - 1));
      }
      rows.add(RowFactory.create("t" + i % 3, "k" + i, "number " + i, words.toArray()));
    }
    return rows;
  }

  private static Dataset<Row> corpus(int partitions) {
    return LocalSpark.session().createDataFrame(rows(), ROWS).repartition(partitions);
  }

  private static Map<String, Row> summed(Dataset<Row> tallies) {
    Map<String, Row> byWord = new TreeMap<>();
    tallies
        .groupBy("target", "word")
        .agg(
            Map.of(
                "count",
                "sum",
                "records",
                "sum",
                "sum",
                "sum",
                "magnitude",
                "sum",
                "p",
                "sum",
                "ss",
                "sum",
                "sn",
                "sum",
                "nn",
                "sum"))
        .collectAsList()
        .forEach(row -> byWord.put(row.getString(0) + row.getString(1), row));
    return byWord;
  }

  @Test
  void howManyWordsAreHeldDoesNotMatter() {
    Map<String, Row> all = summed(WordTallies.of(corpus(1), KEYS, 1_000));
    Map<String, Row> few = summed(WordTallies.of(corpus(4), KEYS, 2));
    assertThat(few.keySet()).isEqualTo(all.keySet()).hasSize(3 * WORDS.length);
    all.forEach(
        (word, row) -> {
          for (int i = 2; i < row.size(); i++) {
            assertThat(((Number) few.get(word).get(i)).doubleValue())
                .as("%s, %s, seed %d", word, row.schema().fieldNames()[i], SEED)
                .isCloseTo(((Number) row.get(i)).doubleValue(), within(1e-9));
          }
        });
  }

  @Test
  void fewWordsAreHeldAtOnce() {
    long rows = WordTallies.of(corpus(1), KEYS, 2).count();
    assertThat(rows).isGreaterThan(3L * WORDS.length);
    assertThat(WordTallies.of(corpus(1), KEYS, 1_000).count()).isEqualTo(3L * WORDS.length);
  }

  /** Where words have as much in several records, these are in the order of their keys. */
  @Test
  void theFirstRecordsAreNamed() {
    Map<String, List<String>> most = new TreeMap<>();
    Map<String, List<String>> least = new TreeMap<>();
    Map<String, Map<String, Double>> sums = new TreeMap<>();
    for (Row row : rows()) {
      for (Object one : (Object[]) row.get(3)) {
        Row word = (Row) one;
        sums.computeIfAbsent(row.getString(0) + word.getString(0), name -> new TreeMap<>())
            .merge(row.getString(1), word.getDouble(1), Double::sum);
      }
    }
    sums.forEach(
        (word, records) -> {
          most.put(word, first(records, Map.Entry.<String, Double>comparingByValue().reversed()));
          least.put(word, first(records, Map.Entry.comparingByValue()));
        });
    for (Row row : WordTable.withoutShares(corpus(3), KEYS).collectAsList()) {
      String word = row.getString(0) + row.getString(1);
      assertThat(records(row, "most")).as("%s, seed %d", word, SEED).isEqualTo(most.get(word));
      assertThat(records(row, "least")).as("%s, seed %d", word, SEED).isEqualTo(least.get(word));
    }
  }

  private static List<String> first(
      Map<String, Double> records, Comparator<Map.Entry<String, Double>> order) {
    return records.entrySet().stream()
        .sorted(order.thenComparing(Map.Entry.comparingByKey()))
        .limit(3)
        .map(one -> one.getKey().replace("k", "number "))
        .toList();
  }

  private static List<String> records(Row row, String name) {
    List<Row> named = row.getList(row.fieldIndex(name));
    return named.stream().map(one -> one.<String>getAs("record")).toList();
  }
}
