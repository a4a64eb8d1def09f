package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Terms in two outputs differ by what their words do there. */
@ExtendWith(LocalSpark.class)
class AggregateTermDriftTest {
  private static final long SEED = 47;
  private static final String[] WORDS = "the movie film was is not bad good dull".split(" ");
  private static final double CLOSE = 1e-9;

  @TempDir Path directory;

  private Path input() {
    Random random = new Random(SEED);
    Row[] rows = new Row[80];
    for (int i = 0; i < rows.length; i++) {
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 2 + random.nextInt(8); word++) {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
      // two records have one id: they are not to be paired
      rows[i] = LocalSpark.row("r" + Math.max(1, i), text.toString());
    }
    return LocalSpark.write(directory.resolve("in"), "id STRING, text STRING", rows);
  }

  private Path explained(Path input, String name, String... more) {
    Path output = directory.resolve(name);
    String[] all = CommandRun.join(new String[] {"--target", "all"}, more);
    CommandRun.explain(input, output, all).done();
    return output;
  }

  private CommandRun aggregate(Path now, Path before) throws IOException {
    Path lexicon =
        Files.writeString(
            directory.resolve("lexicon.csv"),
            "term,group\nbad,blame\ngood,praise\ngood,words\nnot  good,blame\nnever there,words\n");
    return CommandRun.of(
        "aggregate",
        "--input",
        now.toString(),
        "--against",
        before.toString(),
        "--lexicon",
        lexicon.toString(),
        "--output",
        directory.resolve("tables").toString());
  }

  private Dataset<Row> table(String name) {
    return LocalSpark.read(directory.resolve("tables").resolve(name));
  }

  /** A word that is in no longer term has the difference, and the interval, of the word. */
  @Test
  void aTermOfOneWordDiffersAsTheWordDoes() throws IOException {
    Path input = input();
    Path now = explained(input, "now", "--id-column", "id");
    Path before = explained(input, "before", "--id-column", "id", "--method", "lrp");
    assertThat(aggregate(now, before).done().out()).contains("lexicon_drift");
    List<Row> words = table("drift").where("word = 'bad'").orderBy("target").collectAsList();
    List<Row> terms = bad();
    assertThat(words).hasSize(3);
    assertThat(terms).hasSameSizeAs(words);
    for (int i = 0; i < words.size(); i++) {
      for (String column :
          List.of("count", "other_count", "mean", "other_mean", "difference", "low", "high")) {
        assertThat(terms.get(i).<Number>getAs(column).doubleValue())
            .as("seed " + SEED + ": " + column + " of " + terms.get(i))
            .isCloseTo(words.get(i).<Number>getAs(column).doubleValue(), within(CLOSE));
      }
    }
  }

  @Test
  void eachTermIsThereOnceForEachOfItsGroups() throws IOException {
    Path input = input();
    Path now = explained(input, "now", "--id-column", "id");
    aggregate(now, explained(input, "before", "--id-column", "id", "--method", "lrp")).done();
    Dataset<Row> drift = table("lexicon_drift");
    assertThat(drift.selectExpr("concat(`group`, ': ', term)").distinct().collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("blame: bad", "blame: not good", "praise: good", "words: good");
    assertThat(drift.where("term = 'good'").groupBy("target", "count").count().collectAsList())
        .as("places of both groups")
        .hasSize(3)
        .allMatch(row -> row.getLong(2) == 2);
    Dataset<Row> lexicon = table("lexicon").select("target", "group", "term", "count");
    assertThat(drift.select("target", "group", "term", "count").except(lexicon).collectAsList())
        .as("places now are those of the table lexicon")
        .isEmpty();
  }

  /** What nothing is known to be the same of is compared as if it were others. */
  @Test
  void withoutIdsTheDifferenceIsTheSameAndItsIntervalWider() throws IOException {
    Path input = input();
    String[] lrp = {"--method", "lrp"};
    aggregate(explained(input, "now"), explained(input, "before", lrp)).done();
    List<Row> others = bad();
    assertThat(others).hasSize(3);
    FileUtils.deleteDirectory(directory.resolve("tables").toFile());
    Path named = explained(input, "named", "--id-column", "id");
    aggregate(named, explained(input, "named-before", CommandRun.join(lrp, "--id-column", "id")))
        .done();
    List<Row> same = bad();
    for (int i = 0; i < same.size(); i++) {
      assertThat(others.get(i).<Double>getAs("difference"))
          .isCloseTo(same.get(i).getAs("difference"), within(CLOSE));
      assertThat(width(others.get(i))).isGreaterThan(width(same.get(i)));
    }
  }

  private List<Row> bad() {
    return table("lexicon_drift").where("term = 'bad'").orderBy("target").collectAsList();
  }

  private static double width(Row row) {
    return row.<Double>getAs("high") - row.<Double>getAs("low");
  }
}
