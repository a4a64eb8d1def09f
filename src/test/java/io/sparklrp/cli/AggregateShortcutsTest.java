package io.sparklrp.cli;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Records are grouped by the word that decides them, counted one by one. */
@ExtendWith(LocalSpark.class)
class AggregateShortcutsTest {
  private static final long SEED = 29;
  private static final String[] WORDS = "the movie film was is not bad good dull".split(" ");
  private static final double CLOSE = 1e-6;
  private static final double Z = 1.959963984540054;

  @TempDir Path directory;

  /** What decides one row. */
  private record Decided(String word, double part) {}

  private Path explained(String... more) {
    Random random = new Random(SEED);
    Row[] rows = new Row[120];
    for (int i = 0; i < rows.length; i++) {
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 2 + random.nextInt(6); word++) {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
      rows[i] = LocalSpark.row("r" + i, text.toString());
    }
    Path input = LocalSpark.write(directory.resolve("in"), "id STRING, text STRING", rows);
    Path output = directory.resolve("out");
    CommandRun.explain(input, output, CommandRun.join(new String[] {"--id-column", "id"}, more))
        .done();
    return output;
  }

  private String aggregated(Path explained) {
    return CommandRun.of(
            "aggregate",
            "--input",
            explained.toString(),
            "--output",
            directory.resolve("tables").toString(),
            "--shortcuts")
        .done()
        .out();
  }

  private static Map<String, Double> sums(Row row) {
    Map<String, Double> sums = new TreeMap<>();
    List<Row> words = row.getList(row.fieldIndex("words"));
    words.forEach(
        word ->
            sums.merge(
                word.<String>getAs("word").toLowerCase(Locale.ROOT),
                (double) word.<Float>getAs("relevance"),
                Double::sum));
    return sums;
  }

  private static Decided decided(Map<String, Double> sums) {
    double all = sums.values().stream().mapToDouble(r -> Math.max(0, r)).sum();
    return sums.entrySet().stream()
        .filter(one -> one.getValue() > 0)
        .max(Map.Entry.comparingByValue())
        .map(one -> new Decided(one.getKey(), one.getValue() / all))
        .orElse(null);
  }

  /** Wilson's lower end, as it is usually written, of a share of n. */
  private static double lower(double p, double n) {
    double root = Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
    return (p + Z * Z / (2 * n) - Z * root) / (1 + Z * Z / n);
  }

  @Test
  void rowsThatAreLeftOutAreTold() {
    Path explained = explained("--target", "0");
    long others =
        LocalSpark.read(explained).where("prediction.index != 0 and error is null").count();
    assertThat(others).isPositive();
    assertThat(aggregated(explained))
        .contains("Shortcuts were looked for without " + others + " rows");
  }

  /** "None" alone would not say how far from one. */
  @Test
  void whatComesNearestIsToldAndShown() throws IOException {
    Path explained = explained();
    String told = aggregated(explained);
    Dataset<Row> table = LocalSpark.read(directory.resolve("tables/shortcuts"));
    assertThat(table.where("found").count()).as("seed " + SEED).isZero();
    Row nearest = table.orderBy(col("score").desc(), col("word")).first();
    assertThat(told)
        .contains("No word looks like a shortcut: one has a score of 0.87 or more. The nearest: “")
        .contains(
            String.format(
                Locale.ROOT,
                "“%s” (%s), which decides %d records, with a score of %.2f.",
                nearest.<String>getAs("word"),
                nearest.<String>getAs("target"),
                nearest.<Long>getAs("size"),
                nearest.<Double>getAs("score")));
    Path page = directory.resolve("page.html");
    CommandRun.of(
            "report",
            "--input",
            explained.toString(),
            "--aggregates",
            directory.resolve("tables").toString(),
            "--output",
            page.toString())
        .done();
    assertThat(Files.readString(page))
        .contains("None was found among clusters")
        .containsPattern(
            "(?s)<summary>What comes nearest of the rest: a shortcut has a score of 87 % .+?"
                + nearest.<String>getAs("word"));
  }

  @Test
  void clustersAreWhatDecidesTheirRecords() {
    Path explained = explained();
    Path tables = directory.resolve("tables");
    assertThat(aggregated(explained))
        .contains("contrast, shortcuts.")
        .doesNotContain("looked for without");
    Map<String, List<Decided>> clusters = new TreeMap<>();
    Map<String, Map<String, List<Double>>> answers = new TreeMap<>();
    for (Row row : LocalSpark.read(explained).collectAsList()) {
      Map<String, Double> sums = sums(row);
      String target = row.<Row>getAs("target").getAs("label");
      sums.forEach(
          (word, relevance) ->
              answers
                  .computeIfAbsent(word, name -> new TreeMap<>())
                  .computeIfAbsent(target, name -> new ArrayList<>())
                  .add(relevance));
      Decided by = decided(sums);
      if (by != null) {
        clusters.computeIfAbsent(by.word(), name -> new ArrayList<>()).add(by);
      }
    }
    clusters.values().removeIf(rows -> rows.size() < 5);
    assertThat(LocalSpark.read(tables.resolve("shortcuts")).columns())
        .containsExactly(
            ("word target size variety share focus captured everywhere records mean purity steady score found"
                    + " examples")
                .split(" "));
    List<Row> table = LocalSpark.read(tables.resolve("shortcuts")).collectAsList();
    assertThat(table).hasSameSizeAs(clusters.keySet()).isNotEmpty();
    for (Row row : table) {
      List<Decided> rows = clusters.get(row.<String>getAs("word"));
      Map<String, List<Double>> said = answers.get(row.<String>getAs("word"));
      String what = "seed " + SEED + ": " + row;
      int everywhere = said.values().stream().mapToInt(List::size).sum();
      List<Double> alike = said.get(row.<String>getAs("target"));
      assertThat(said.values()).as(what).allMatch(other -> other.size() <= alike.size());
      double focus = rows.stream().mapToDouble(Decided::part).average().orElseThrow();
      assertThat(row.<Long>getAs("size")).as(what).isEqualTo(rows.size());
      assertThat(row.<Long>getAs("everywhere")).as(what).isEqualTo(everywhere);
      assertThat(row.<Double>getAs("focus")).as(what).isCloseTo(focus, within(CLOSE));
      double variety = row.<Double>getAs("variety");
      assertThat(variety).as(what).isBetween(1.0 / Math.min(rows.size(), 25), 1.0);
      double n = everywhere * variety;
      double captured = lower((double) rows.size() / everywhere, n);
      double purity = lower((double) alike.size() / everywhere, n);
      double mean = alike.stream().mapToDouble(r -> r).average().orElseThrow();
      int steady =
          (int) alike.stream().filter(relevance -> mean > 0 && relevance >= mean / 2).count();
      assertThat(row.<Double>getAs("captured")).as(what).isCloseTo(captured, within(CLOSE));
      assertThat(row.<Double>getAs("purity")).as(what).isCloseTo(purity, within(CLOSE));
      assertThat(row.<Double>getAs("mean")).as(what).isCloseTo(mean, within(CLOSE));
      assertThat(row.<Long>getAs("steady")).as(what).isEqualTo((long) steady);
      assertThat(row.<Double>getAs("score"))
          .as(what)
          .isCloseTo(lower((double) steady / everywhere, n), within(CLOSE));
      assertThat(row.<Double>getAs("share")).as(what).isCloseTo(rows.size() / 120.0, within(CLOSE));
      boolean isFound = row.<Double>getAs("score") >= 0.87 && row.<Double>getAs("share") <= 0.1;
      assertThat(row.<Boolean>getAs("found")).as(what).isEqualTo(isFound);
      assertThat(row.getList(row.fieldIndex("examples"))).isNotEmpty();
    }
  }
}
