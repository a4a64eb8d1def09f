package io.sparklrp.spark.resume;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What remains is the input less the output, each record as often as it is there. */
@ExtendWith(LocalSpark.class)
class RemainingRecordsTest {
  private static final String RECORD = "id INT, text STRING, more MAP<STRING, ARRAY<STRING>>";
  private static final String TARGET =
      ", target STRUCT<index: INT, label: STRING, against_index: INT, against_label: STRING, score: DOUBLE>";
  private static final StructType SCHEMA = StructType.fromDDL(RECORD);
  private static final List<String> ALL = List.of("id", "text", "more");

  private static RemainingRecords by(String... key) {
    return new RemainingRecords(
        new RecordHash(List.of(key), SCHEMA, Set.of()),
        new RecordHash(ALL, SCHEMA, Set.of()),
        false);
  }

  private static Dataset<Row> input(List<Row> records) {
    return LocalSpark.session().createDataFrame(records, SCHEMA).repartition(3);
  }

  /** Each record with a row for each of some targets. */
  private static Dataset<Row> output(List<Row> records, int targets) {
    List<Row> rows = new ArrayList<>();
    for (Row one : records) {
      for (int i = 0; i < targets; i++) {
        Row target = LocalSpark.row(i, "LABEL_" + i, null, null, i / 3.0 + rows.size() * 1e-9);
        rows.add(LocalSpark.row(one.get(0), one.get(1), one.get(2), target));
      }
    }
    return LocalSpark.session().createDataFrame(rows, StructType.fromDDL(RECORD + TARGET));
  }

  private static List<String> remaining(
      RemainingRecords by, List<Row> input, List<Row> done, int targets) {
    return by.of(input(input), output(done, targets), expr("target")).collectAsList().stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  private static List<String> texts(List<Row> rows) {
    return input(rows).collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private static Row random(Random random) {
    Integer id = random.nextInt(5) == 0 ? null : random.nextInt(3);
    String text = random.nextInt(5) == 0 ? null : "text " + random.nextInt(2);
    String[] words = {random.nextBoolean() ? "a" : null, random.nextBoolean() ? "a" : null};
    return LocalSpark.row(id, text, Collections.singletonMap("k", words));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void itIsTheInputLessTheOutput(long seed) {
    Random random = new Random(seed);
    List<Row> input = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      input.add(random(random));
    }
    Collections.shuffle(input, random);
    List<Row> done = input.subList(0, random.nextInt(60));
    List<Row> rest = input.subList(done.size(), input.size());
    int targets = 1 + random.nextInt(3);
    for (RemainingRecords by : List.of(by("id", "text", "more"), by("id", "text"), by("id"))) {
      assertThat(remaining(by, input, done, targets)).as("seed " + seed).isEqualTo(texts(rest));
    }
  }

  @Test
  void aTextThatChangedRemainsAndAnotherColumnDoesNotMatterBesideAnId() {
    Row before = LocalSpark.row(1, "old", null);
    Row changed = LocalSpark.row(1, "new", null);
    Row other = LocalSpark.row(1, "old", Collections.singletonMap("k", new String[] {"a"}));
    assertThat(remaining(by("id", "text"), List.of(changed), List.of(before), 1)).hasSize(1);
    assertThat(remaining(by("id", "text"), List.of(other), List.of(before), 1)).isEmpty();
    assertThat(remaining(by("id", "text", "more"), List.of(other), List.of(before), 1)).hasSize(1);
  }

  @Test
  void whereANullIsMatters() {
    StructType two = StructType.fromDDL("a STRING, b STRING");
    RecordHash hash = new RecordHash(List.of("a", "b"), two, Set.of());
    List<Row> rows = List.of(LocalSpark.row("x", null), LocalSpark.row(null, "x"));
    Dataset<Row> hashes =
        LocalSpark.session().createDataFrame(rows, two).select(hash.high(), hash.low());
    assertThat(hashes.distinct().count()).isEqualTo(2);
  }

  /** Rows whose target is a word that is asked for twice: their scores tell them apart. */
  @Test
  void aRecordWhoseTargetsHaveTheSameNameCountsOnce() {
    Row record = LocalSpark.row(1, "[MASK] and [MASK]", null);
    List<Row> rows = new ArrayList<>();
    for (double score : new double[] {3.5, 4.25}) {
      Row target = LocalSpark.row(7, "good", null, null, score);
      rows.add(LocalSpark.row(1, "[MASK] and [MASK]", null, target));
    }
    Dataset<Row> output =
        LocalSpark.session().createDataFrame(rows, StructType.fromDDL(RECORD + TARGET));
    RemainingRecords named = new RemainingRecords(by("id").key(), by("id").whole(), true);
    assertThat(named.of(input(List.of(record, record)), output, expr("target")).count()).isOne();
  }
}
