package io.sparklrp.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A word is found that decides texts of all kinds, and none that decides copies of one. */
@ExtendWith(LocalSpark.class)
class ShortcutTableTest {
  private static final long SEED = 20_261_129;
  private static final int COPIES = 120;
  private static final int OTHERS = 2_000;
  private static final StructType ROWS =
      StructType.fromDDL(
          "target STRING, predicted STRING, key STRING, record STRING,"
              + " words ARRAY<STRUCT<word STRING, relevance DOUBLE>>");

  private final Random random = new Random(SEED);
  private final List<Row> rows = new ArrayList<>();

  private void add(Object... words) {
    String name = "r" + rows.size();
    rows.add(RowFactory.create("positive", "positive", name, name, words));
  }

  private static Row word(String word, double relevance) {
    return RowFactory.create(word, relevance);
  }

  /** One of many words, which has a little for or against. */
  private Row other() {
    return word("w" + random.nextInt(200), random.nextDouble() - 0.5);
  }

  private Row found(String word) {
    for (int i = 0; i < OTHERS; i++) {
      add(other(), other(), other(), other());
    }
    Dataset<Row> corpus = LocalSpark.session().createDataFrame(rows, ROWS);
    return ShortcutTable.of(new ExplainedCorpus(corpus, 0))
        .where("word = '" + word + "'")
        .select("size", "variety", "found")
        .first();
  }

  @Test
  void wordsThatDecideTextsOfAllKindsAreFound() {
    for (int i = 0; i < COPIES; i++) {
      add(other(), other(), word("zorblat", 2), other(), other(), other());
    }
    Row row = found("zorblat");
    assertThat(row.getLong(0)).as("seed %d", SEED).isEqualTo(COPIES);
    assertThat(row.getDouble(1)).as("seed %d", SEED).isGreaterThan(0.9);
    assertThat(row.getBoolean(2)).as("seed %d", SEED).isTrue();
  }

  /** What tells them apart, such as a name or a number, may be as strong as anything else. */
  @Test
  void copiesOfATextCountAsOneWhateverStandsInThemBesides() {
    for (int i = 0; i < COPIES; i++) {
      List<Row> words = new ArrayList<>(List.of(word("copy" + i, -1.5), word("zorblat", 2)));
      for (String same : List.of("the", "end", "of", "a", "long", "line", "joke", "is")) {
        words.add(word(same, 0.1));
      }
      add(words.toArray());
    }
    Row row = found("zorblat");
    assertThat(row.getLong(0)).as("seed %d", SEED).isEqualTo(COPIES);
    assertThat(row.getDouble(1)).as("seed %d", SEED).isLessThan(0.1);
    assertThat(row.getBoolean(2)).as("seed %d", SEED).isFalse();
  }

  @Test
  void wordsAloneAreCopies() {
    for (int i = 0; i < COPIES; i++) {
      add(word("zorblat", 2));
    }
    Row row = found("zorblat");
    assertThat(row.getDouble(1)).isEqualTo(1 / 25.0);
    assertThat(row.getBoolean(2)).isFalse();
  }
}
