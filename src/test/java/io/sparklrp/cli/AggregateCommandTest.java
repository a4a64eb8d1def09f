package io.sparklrp.cli;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.error.Counted;
import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a corpus are what its rows come to, counted one by one. */
@ExtendWith(LocalSpark.class)
class AggregateCommandTest {
  private static final long SEED = 21;
  private static final String[] WORDS = "the The movie film was is not bad good 🎉 dull".split(" ");
  private static final double CLOSE = 1e-9;

  private static final String OF_WORDS =
      "word count records mean low high sum positive share most least";
  private static final String OF_PARTS = "part records score predicted mean magnitude share";

  /** Outputs are explained once for all tests. */
  @TempDir static Path shared;

  @TempDir Path directory;

  /** What one word has in the records of one target. */
  private static final class Sums {
    private final Map<String, List<Double>> byRecord = new TreeMap<>();

    void add(String record, double relevance) {
      byRecord.computeIfAbsent(record, key -> new ArrayList<>()).add(relevance);
    }

    long count() {
      return byRecord.values().stream().mapToLong(List::size).sum();
    }

    double sum() {
      return byRecord.values().stream().mapToDouble(Sums::sum).sum();
    }

    static double sum(List<Double> relevance) {
      return relevance.stream().mapToDouble(r -> r).sum();
    }

    double mean() {
      return sum() / count();
    }

    double half() {
      double squares = 0;
      for (List<Double> own : byRecord.values()) {
        squares += Math.pow(sum(own) - mean() * own.size(), 2);
      }
      int records = byRecord.size();
      return quantile(records) * Math.sqrt(squares * records / (records - 1)) / count();
    }

    double influence(String record) {
      List<Double> own = byRecord.getOrDefault(record, List.of());
      return (sum(own) - mean() * own.size()) / count();
    }

    double positive() {
      long above =
          byRecord.values().stream()
              .flatMap(List::stream)
              .filter(relevance -> relevance > 0)
              .count();
      return (double) above / count();
    }

    double magnitude() {
      return byRecord.values().stream().flatMap(List::stream).mapToDouble(Math::abs).sum();
    }

    String most() {
      return byRecord.entrySet().stream()
          .max(Comparator.comparingDouble(own -> sum(own.getValue())))
          .orElseThrow()
          .getKey();
    }
  }

  /** What Student's t says of so many records. */
  private static double quantile(int records) {
    return new TDistribution(records - 1.0).inverseCumulativeProbability(0.975);
  }

  private Path input() {
    Random random = new Random(SEED);
    Row[] rows = new Row[60];
    for (int i = 0; i < rows.length; i++) {
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 3 + random.nextInt(6); word++) {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
      String source = i % 3 == 0 ? null : "source " + i % 3;
      rows[i] = LocalSpark.row("r" + i, i == 7 ? " " : text.toString(), source);
    }
    Path input = shared.resolve("in");
    return input.toFile().exists()
        ? input
        : LocalSpark.write(input, "id STRING, text STRING, source STRING", rows);
  }

  private Path explained(String name, String... more) {
    Path output = shared.resolve(name);
    if (output.toFile().exists()) {
      return output;
    }
    CommandRun.explain(input(), output, CommandRun.join(new String[] {"--id-column", "id"}, more))
        .done();
    return output;
  }

  private CommandRun aggregate(Path explained, String... more) {
    String[] args = {
      "aggregate",
      "--input",
      explained.toString(),
      "--output",
      directory.resolve("tables").toString()
    };
    return CommandRun.of(CommandRun.join(args, more));
  }

  /** Whoever reads the tables relies on their columns. */
  private static String[] names(String... columns) {
    return String.join(" ", columns).split(" ");
  }

  private Dataset<Row> table(String name) {
    return LocalSpark.read(directory.resolve("tables").resolve(name));
  }

  private static Map<String, Map<String, Sums>> counted(Dataset<Row> rows) {
    Map<String, Map<String, Sums>> byTarget = new TreeMap<>();
    for (Row row : rows.where("error is null").collectAsList()) {
      Map<String, Sums> byWord =
          byTarget.computeIfAbsent(
              row.<Row>getAs("target").getAs("label"), target -> new TreeMap<>());
      List<Row> words = row.getList(row.fieldIndex("words"));
      for (Row word : words) {
        byWord
            .computeIfAbsent(
                word.<String>getAs("word").toLowerCase(Locale.ROOT), name -> new Sums())
            .add(row.getAs("id"), word.<Float>getAs("relevance"));
      }
    }
    return byTarget;
  }

  private static void assertCounted(Dataset<Row> table, Map<String, Map<String, Sums>> counted) {
    List<Row> rows = table.collectAsList();
    assertThat(rows).hasSize(counted.values().stream().mapToInt(Map::size).sum());
    for (Row row : rows) {
      Map<String, Sums> words = counted.get(row.<String>getAs("target"));
      Sums sums = words.get(row.<String>getAs("word"));
      String what = "seed " + SEED + ": " + row;
      assertThat(row.<Long>getAs("count")).as(what).isEqualTo(sums.count());
      assertThat(row.<Long>getAs("records")).as(what).isEqualTo(sums.byRecord.size());
      assertThat(row.<Double>getAs("mean")).as(what).isCloseTo(sums.mean(), within(CLOSE));
      assertThat(row.<Double>getAs("sum")).as(what).isCloseTo(sums.sum(), within(CLOSE));
      assertThat(row.<Double>getAs("positive")).as(what).isEqualTo(sums.positive());
      double all = words.values().stream().mapToDouble(Sums::magnitude).sum();
      assertThat(row.<Double>getAs("share"))
          .as(what)
          .isCloseTo(sums.magnitude() / all, within(CLOSE));
      assertInterval(row, sums, what);
      List<Row> most = row.getList(row.fieldIndex("most"));
      assertThat(most.get(0).<String>getAs("record")).as(what).isEqualTo(sums.most());
      assertThat(most).hasSize(Math.min(3, sums.byRecord.size()));
    }
  }

  private static void assertInterval(Row row, Sums sums, String what) {
    if (sums.byRecord.size() < 2) {
      assertThat(row.<Double>getAs("high")).as(what).isNull();
      return;
    }
    double half = sums.half();
    assertThat(row.<Double>getAs("high") - row.<Double>getAs("mean"))
        .as(what)
        .isCloseTo(half, within(1e-4 * half + 1e-7));
    assertThat(row.<Double>getAs("mean") - row.<Double>getAs("low"))
        .as(what)
        .isCloseTo(half, within(1e-4 * half + 1e-7));
  }

  @Test
  void wordsAreWhatTheRowsSay() {
    Path explained = explained("all", "--target", "all");
    String out = aggregate(explained).done().out();
    Map<String, Map<String, Sums>> counted = counted(LocalSpark.read(explained));
    assertThat(counted).hasSize(3);
    assertCounted(table("words"), counted);
    assertThat(table("words").columns()).containsExactly(names("target", OF_WORDS));
    assertThat(table("shares").columns()).containsExactly(names("target", OF_PARTS));
    assertThat(table("contrast").columns())
        .containsExactly(
            names(
                "target other_target word count other_count mean other_mean difference low high"));
    assertThat(out)
        .contains(
            "177 explained rows",
            "words, shares, contrast",
            "LABEL_1: the words with the largest",
            "  against  ");
  }

  @Test
  void rowsWithoutWordsAreOfTokens() {
    String out = aggregate(explained("bare", "--without", "words")).done().out();
    assertThat(out).contains("Rows have no words", "tables are of tokens");
  }

  @Test
  void partsOfScoresAddUpToThem() {
    assertThat(aggregate(explained("out")).done().out()).doesNotContain("Rows have no words");
    Map<String, List<Row>> byTarget = new TreeMap<>();
    table("shares")
        .collectAsList()
        .forEach(
            row ->
                byTarget
                    .computeIfAbsent(row.getAs("target"), target -> new ArrayList<>())
                    .add(row));
    assertThat(byTarget).isNotEmpty();
    byTarget.forEach(
        (target, parts) -> {
          assertThat(parts).hasSize(6);
          double score = parts.get(0).getAs("score");
          assertThat(parts.stream().mapToDouble(part -> part.<Double>getAs("mean")).sum())
              .isCloseTo(score, within(1e-5));
          assertThat(parts.stream().mapToDouble(part -> part.<Double>getAs("share")).sum())
              .isCloseTo(1, within(CLOSE));
          assertThat(parts)
              .allMatch(
                  part -> part.<Double>getAs("predicted") == 1); // what is predicted, is explained
        });
  }

  @Test
  void slicesAreTheirRows() {
    Path explained = explained("out");
    String out = aggregate(explained, "--by", "source", "--least", "500").done().out();
    assertThat(out).contains("none (--least 1 takes words of one record, too)");
    for (Row row : table("slices").where("part = 'words'").collectAsList()) {
      assertThat(out)
          .contains(
              String.format(
                  Locale.ROOT,
                  "  source %s: %s explained for %s, with a mean score of %+.2f; the model says it of 100 %%",
                  row.getAs("by_source"),
                  Counted.of(row.<Long>getAs("records"), "record"),
                  row.getAs("target"),
                  row.<Double>getAs("score")));
    }
    assertThat(table("slices").columns()).containsExactly(names("target by_source", OF_PARTS));
    assertThat(table("words_by_slice").columns())
        .containsExactly(names("target by_source", OF_WORDS));
    assertThat(table("slices").select("by_source").distinct().collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("(null)", "source 1", "source 2");
    assertCounted(
        table("words_by_slice").where("by_source = 'source 1'"),
        counted(LocalSpark.read(explained).where("source = 'source 1'")));
    assertCounted(
        table("words_by_slice").where("by_source = '(null)'"),
        counted(LocalSpark.read(explained).where("source is null")));
  }

  /** A model that gives numbers says no label. */
  @Test
  void slicesNeedNoPredictions() {
    Path explained = explained("out");
    Path changed = directory.resolve("unsaid");
    Dataset<Row> rows = LocalSpark.read(explained);
    rows.withColumn("prediction", lit(null).cast(rows.schema().apply("prediction").dataType()))
        .write()
        .parquet(changed.toString());
    String out = aggregate(changed, "--by", "source").done().out();
    assertThat(out).contains("  source source 1: ").doesNotContain("the model says it");
    assertThat(table("slices").where("predicted is not null").count()).isZero();
  }

  /** The variance over the records of both, of which each has what it has of both targets. */
  private static double halfOfDifference(Sums one, Sums other) {
    Set<String> records = new TreeSet<>(one.byRecord.keySet());
    records.addAll(other.byRecord.keySet());
    double squares = 0;
    for (String record : records) {
      squares += Math.pow(one.influence(record) - other.influence(record), 2);
    }
    int all = records.size();
    return quantile(all) * Math.sqrt(squares * all / (all - 1));
  }

  @Test
  void targetsAreToldApartWordByWord() {
    Path explained = explained("all", "--target", "all");
    aggregate(explained, "--least", "3").done();
    Map<String, Map<String, Sums>> counted = counted(LocalSpark.read(explained));
    List<Row> rows = table("contrast").collectAsList();
    assertThat(rows).isNotEmpty();
    for (Row row : rows) {
      Sums one = counted.get(row.<String>getAs("target")).get(row.<String>getAs("word"));
      Sums other = counted.get(row.<String>getAs("other_target")).get(row.<String>getAs("word"));
      double difference = one.mean() - other.mean();
      assertThat(row.<Double>getAs("difference")).isCloseTo(difference, within(CLOSE));
      assertThat(row.<Double>getAs("high") - difference)
          .as("seed " + SEED + ": " + row)
          .isCloseTo(halfOfDifference(one, other), within(1e-5));
      assertThat(one.byRecord.size()).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void nothingDriftsFromItself() {
    Path explained = explained("out");
    aggregate(explained, "--against", explained.toString(), "--least", "2").done();
    assertThat(table("drift").collectAsList())
        .isNotEmpty()
        .allMatch(row -> Math.abs(row.<Double>getAs("difference")) < CLOSE)
        .allMatch(
            row -> row.<Double>getAs("high") < 0.5 * Math.abs(row.<Double>getAs("mean")) + 0.1);
    assertThat(table("agreement").where("words > 2").collectAsList())
        .isNotEmpty()
        .allMatch(row -> Math.abs(row.<Double>getAs("rank_agreement") - 1) < CLOSE);
    assertThat(table("models").collectAsList())
        .isNotEmpty()
        .allMatch(row -> Math.abs(row.<Double>getAs("cosine") - 1) < CLOSE)
        .allMatch(row -> row.<String>getAs("predicted").equals(row.getAs("other_predicted")))
        .allMatch(row -> Math.abs(row.<Double>getAs("score_difference")) < CLOSE)
        .allMatch(row -> row.<Double>getAs("score_distance") < CLOSE);
    assertThat(table("models").groupBy().sum("records").first().getLong(0)).isEqualTo(59);
  }

  @Test
  void differencesOfScoresHaveTheirSign() {
    Path explained = explained("zero", "--target", "0");
    Path changed = directory.resolve("changed");
    LocalSpark.read(input())
        .selectExpr("id", "concat(text, ' good') as text")
        .write()
        .parquet(changed.toString());
    Path other = directory.resolve("other");
    CommandRun.explain(changed, other, "--id-column", "id", "--target", "0").done();
    String out = aggregate(explained, "--against", other.toString()).done().out();
    Map<String, Row> before = byId(other);
    Map<String, List<Double>> differences = new TreeMap<>();
    byId(explained)
        .forEach(
            (id, row) -> {
              Row old = before.get(id);
              differences
                  .computeIfAbsent(said(row) + "/" + said(old), key -> new ArrayList<>())
                  .add(score(row) - score(old));
            });
    assertThat(differences.values().stream().flatMap(List::stream))
        .anyMatch(difference -> difference < -1e-3);
    long same = 0;
    for (Row row : table("models").collectAsList()) {
      String pair = row.getAs("predicted") + "/" + row.getAs("other_predicted");
      List<Double> all = differences.get(pair);
      double distance = all.stream().mapToDouble(Math::abs).average().orElseThrow();
      assertThat(row.<Double>getAs("score_difference"))
          .isCloseTo(Sums.sum(all) / all.size(), within(CLOSE));
      assertThat(row.<Double>getAs("score_distance")).isCloseTo(distance, within(CLOSE));
      same += row.getAs("predicted").equals(row.getAs("other_predicted")) ? all.size() : 0;
    }
    assertThat(out).contains("Of 59 rows in both outputs the model says the same of " + same + ":");
  }

  private static Map<String, Row> byId(Path explained) {
    Map<String, Row> rows = new TreeMap<>();
    LocalSpark.read(explained)
        .where("error is null")
        .collectAsList()
        .forEach(row -> rows.put(row.getAs("id"), row));
    return rows;
  }

  private static String said(Row row) {
    return row.<Row>getAs("prediction").getAs("label");
  }

  private static double score(Row row) {
    return row.<Row>getAs("target").<Double>getAs("score");
  }

  @Test
  void anotherMethodIsAnother() {
    Path explained = explained("out");
    Path other = explained("other", "--method", "gradient-x-input");
    aggregate(explained, "--against", other.toString(), "--least", "2").done();
    assertThat(table("drift").columns())
        .containsExactly(
            names(
                "target word count other_count mean other_mean difference low high place other_place"));
    assertThat(table("agreement").columns())
        .containsExactly("target", "words", "rank_agreement", "mean_change");
    assertThat(table("words_before").columns()).containsExactly(names("target", OF_WORDS));
    assertThat(table("models").columns())
        .containsExactly(
            names(
                "target predicted other_predicted records compared cosine score_difference score_distance"));
    assertThat(table("drift").where("abs(difference) > 1e-6").count()).isPositive();
    assertThat(table("agreement").where("words > 5").collectAsList())
        .isNotEmpty()
        .allMatch(row -> Math.abs(row.<Double>getAs("rank_agreement")) < 1);
  }

  /** Without names of their own, rows are told apart by where they are. */
  @Test
  void recordsNeedNoNames() {
    Path output = directory.resolve("unnamed");
    CommandRun.explain(input(), output, "--partition-by", "source").done();
    String out = aggregate(output, "--against", output.toString()).done().out();
    assertThat(out).contains("without --id-column", "drift, agreement.").doesNotContain(", models");
    Map<String, Map<String, Sums>> counted = counted(LocalSpark.read(output));
    for (Row row : table("words").collectAsList()) {
      Sums sums = counted.get(row.<String>getAs("target")).get(row.<String>getAs("word"));
      assertThat(row.<Long>getAs("records")).isEqualTo(sums.byRecord.size());
    }
  }

  @Test
  void badUsageIsRefused() {
    Path explained = explained("out");
    aggregate(explained, "--by", "colour").refused("'colour'", "--by one of: id, text, ");
    aggregate(explained, "--by", "source,source").refused("twice");
    aggregate(explained, "--least", "0").refused("--least 0");
    CommandRun.of("aggregate", "--input", explained.toString(), "--output", explained.toString())
        .refused("what is read");
    aggregate(input()).refused("no output of explain");
    aggregate(explained, "--against", input().toString()).refused("no output of explain");
    Path contrasts = explained("contrasts", "--target", "contrast:LABEL_0:LABEL_1");
    aggregate(contrasts, "--against", explained.toString())
        .refused("of the one LABEL_0 against LABEL_1 was explained, of the other LABEL_");
    aggregate(explained).done();
    CommandRun.of(
            "aggregate",
            "--input",
            directory.resolve("tables").toString(),
            "--output",
            directory.resolve("again").toString())
        .refused("Give the directory that explain wrote as --input");
  }

  /** An output is not overwritten unless it is asked for; no table of another run stays then. */
  @Test
  void tablesOfAnotherRunDoNotStay() throws IOException {
    Path explained = explained("out");
    Path left = Files.createDirectories(directory.resolve("tables").resolve("slices"));
    aggregate(explained).refused("exists", "--mode overwrite");
    aggregate(explained, "--mode", "overwrite").done();
    assertThat(left).doesNotExist();
  }
}
