package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Terms that are asked about have what their words have, counted one by one. */
@ExtendWith(LocalSpark.class)
class AggregateTermsTest {
  private static final long SEED = 23;
  private static final String[] WORDS = "the movie film was is not bad good 🎉 dull".split(" ");
  private static final double CLOSE = 1e-9;
  private static final Map<String, String> LEXICON = new LinkedHashMap<>();

  static {
    LEXICON.put("Bad", "blame");
    LEXICON.put("not  bad", "praise");
    LEXICON.put("the movie was", "things");
    LEXICON.put("film", "things");
    LEXICON.put("never there", "things");
  }

  @TempDir static Path shared;

  @TempDir Path directory;

  /** Words of a record that are a term's. */
  private record Place(String record, String term, int at, int words, double relevance) {
    boolean isWithin(Place other) {
      return other.words > words && other.at <= at && other.at + other.words >= at + words;
    }
  }

  private static Path explained() {
    Path output = shared.resolve("out");
    if (output.toFile().exists()) {
      return output;
    }
    Random random = new Random(SEED);
    Row[] rows = new Row[80];
    for (int i = 0; i < rows.length; i++) {
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 2 + random.nextInt(8); word++) {
        text.append(WORDS[random.nextInt(WORDS.length)])
            .append(random.nextInt(4) == 0 ? ", " : " ");
      }
      rows[i] = LocalSpark.row("r" + i, text.toString());
    }
    Path input = LocalSpark.write(shared.resolve("in"), "id STRING, text STRING", rows);
    CommandRun.explain(input, output, "--id-column", "id", "--target", "all").done();
    return output;
  }

  private Path lexicon(String... lines) throws IOException {
    return Files.writeString(directory.resolve("lexicon.csv"), String.join("\n", lines) + "\n");
  }

  private Path lexicon() throws IOException {
    List<String> lines = new ArrayList<>(List.of("term,group"));
    LEXICON.forEach((term, group) -> lines.add(term + "," + group));
    return lexicon(lines.toArray(String[]::new));
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

  private Dataset<Row> table(String name) {
    return LocalSpark.read(directory.resolve("tables").resolve(name));
  }

  private static String normal(String term) {
    return term.toLowerCase(Locale.ROOT).trim().replaceAll("\\s+", " ");
  }

  /** The longest terms of a row: what a term has that stands in no longer one. */
  private static List<Place> places(Row row) {
    List<Row> words = row.getList(row.fieldIndex("words"));
    List<Place> all = new ArrayList<>();
    for (String term : LEXICON.keySet()) {
      List<String> parts = Arrays.asList(normal(term).split(" "));
      // signs between words are words of their own here
      for (int at = 0; at + parts.size() <= words.size(); at++) {
        List<Row> run = words.subList(at, at + parts.size());
        if (run.stream().map(word -> word.<String>getAs("word")).toList().equals(parts)) {
          double relevance = run.stream().mapToDouble(word -> word.<Float>getAs("relevance")).sum();
          all.add(new Place(row.getAs("id"), normal(term), at, parts.size(), relevance));
        }
      }
    }
    return all.stream().filter(one -> all.stream().noneMatch(one::isWithin)).toList();
  }

  private static Map<String, Map<String, List<Place>>> counted() {
    Map<String, Map<String, List<Place>>> byTarget = new TreeMap<>();
    for (Row row : LocalSpark.read(explained()).collectAsList()) {
      Map<String, List<Place>> byTerm =
          byTarget.computeIfAbsent(row.<Row>getAs("target").getAs("label"), t -> new TreeMap<>());
      places(row)
          .forEach(
              place -> byTerm.computeIfAbsent(place.term(), t -> new ArrayList<>()).add(place));
    }
    return byTarget;
  }

  private static Map<String, String> groups() {
    Map<String, String> groups = new TreeMap<>();
    LEXICON.forEach((term, group) -> groups.put(normal(term), group));
    return groups;
  }

  private static long records(List<Place> places) {
    return places.stream().map(Place::record).distinct().count();
  }

  private static double mean(List<Place> places) {
    return places.stream().mapToDouble(Place::relevance).average().orElseThrow();
  }

  @Test
  void termsHaveWhatTheirWordsHave() throws IOException {
    String out = aggregate(explained(), "--lexicon", lexicon().toString()).done().out();
    assertThat(out)
        .contains("contrast, lexicon, lexicon_groups.", " stand in texts: tables lexicon")
        .contains("Of the others nothing can be said: never there, the movie was.");
    Map<String, Map<String, List<Place>>> counted = counted();
    List<Row> rows = table("lexicon").collectAsList();
    assertThat(rows).hasSize(counted.values().stream().mapToInt(Map::size).sum());
    for (Row row : rows) {
      String term = row.getAs("term");
      List<Place> places = counted.get(row.<String>getAs("target")).get(term);
      String what = "seed " + SEED + ": " + row;
      assertThat(row.<String>getAs("group")).as(what).isEqualTo(groups().get(term));
      assertThat(row.<Long>getAs("count")).as(what).isEqualTo(places.size());
      assertThat(row.<Long>getAs("records")).as(what).isEqualTo(records(places));
      assertThat(row.<Double>getAs("mean")).as(what).isCloseTo(mean(places), within(CLOSE));
      assertThat(row.<Double>getAs("predicted")).as(what).isBetween(0.0, 1.0);
    }
  }

  @Test
  void groupsHaveWhatTheirTermsHave() throws IOException {
    aggregate(explained(), "--lexicon", lexicon().toString()).done();
    counted()
        .forEach(
            (target, byTerm) -> {
              List<Place> things = new ArrayList<>();
              byTerm.forEach(
                  (term, places) -> {
                    if (groups().get(term).equals("things")) {
                      things.addAll(places);
                    }
                  });
              Row row =
                  table("lexicon_groups")
                      .where("target = '" + target + "' and group = 'things'")
                      .first();
              assertThat(row.<Long>getAs("records")).isEqualTo(records(things));
              assertThat(row.<Double>getAs("mean")).isCloseTo(mean(things), within(CLOSE));
            });
  }

  private static int octave(long records) {
    return 63 - Long.numberOfLeadingZeros(records);
  }

  @Test
  void termsAreHeldAgainstWordsThatAreAsCommon() throws IOException {
    String out = aggregate(explained(), "--lexicon", lexicon().toString()).done().out();
    assertThat(out)
        .contains("Terms of the lexicon with the largest mean relevance")
        .containsPattern(
            "\n  bad: [+-]\\d\\.\\d\\d \\([+-]\\d\\.\\d\\d to [+-]\\d\\.\\d\\d\\) for \\S+, in \\d+ records");
    assertThat(table("lexicon").columns())
        .containsExactly(
            ("target group term count records mean low high sum positive most least predicted score"
                    + " neutral_words neutral_mean neutral_low neutral_high place")
                .split(" "));
    assertThat(table("lexicon_groups").columns())
        .containsExactly(
            "target group count records mean low high sum positive most least predicted score"
                .split(" "));
    List<Row> words = table("words").collectAsList();
    Set<String> asked = new TreeSet<>(groups().keySet());
    for (Row term : table("lexicon").collectAsList()) {
      List<Double> means =
          words.stream()
              .filter(word -> word.getAs("target").equals(term.getAs("target")))
              .filter(word -> !asked.contains(word.<String>getAs("word")))
              .filter(
                  word ->
                      octave(word.<Long>getAs("records")) == octave(term.<Long>getAs("records")))
              .map(word -> word.<Double>getAs("mean"))
              .sorted()
              .toList();
      assertThat(term.<Long>getAs("neutral_words")).isEqualTo(means.size());
      if (!means.isEmpty()) {
        double below = means.stream().filter(mean -> mean < term.<Double>getAs("mean")).count();
        assertThat(term.<Double>getAs("place")).isCloseTo(below / means.size(), within(CLOSE));
        assertThat(term.<Double>getAs("neutral_low")).isEqualTo(means.get(0));
      }
    }
  }

  private Path swapped(String target) {
    String[] frames = {"the [ID] was good", "[ID] is bad", "not a [ID]"};
    String[] terms = {"movie", "film", "dull film"};
    List<Row> rows = new ArrayList<>();
    for (String frame : frames) {
      for (String term : terms) {
        rows.add(LocalSpark.row(frame, term, frame.replace("[ID]", term)));
      }
    }
    rows.add(LocalSpark.row("alone", "movie", "a movie alone"));
    Path input =
        LocalSpark.write(
            directory.resolve("in"),
            "frame STRING, term STRING, text STRING",
            rows.toArray(Row[]::new));
    Path output = directory.resolve("swapped");
    CommandRun.explain(input, output, "--target", target).done();
    return output;
  }

  private static double score(Row row) {
    return row.<Row>getAs("target").getAs("score");
  }

  private static double own(Row row) {
    List<Row> words = row.getList(row.fieldIndex("words"));
    List<String> parts = Arrays.asList(row.<String>getAs("term").split(" "));
    return words.stream()
        .filter(word -> parts.contains(word.<String>getAs("word")))
        .mapToDouble(word -> word.<Float>getAs("relevance"))
        .sum();
  }

  @Test
  void oneTermInThePlaceOfAnotherMovesTheScore() {
    Path explained = swapped("LABEL_1");
    aggregate(explained, "--frame-column", "frame", "--term-column", "term").done();
    assertThat(table("counterfactual").columns())
        .containsExactly(
            ("target term frames score_difference relevance relevance_difference predicted"
                    + " predicted_difference score_low score_high relevance_low relevance_high")
                .split(" "));
    Map<String, List<Row>> byFrame =
        LocalSpark.read(explained).where("frame <> 'alone'").collectAsList().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.<String>getAs("frame"), TreeMap::new, Collectors.toList()));
    List<Row> rows = table("counterfactual").collectAsList();
    assertThat(rows).hasSize(3);
    for (Row row : rows) {
      List<Double> moved = new ArrayList<>();
      List<Double> ownMoved = new ArrayList<>();
      for (List<Row> frame : byFrame.values()) {
        Row own =
            frame.stream()
                .filter(one -> one.getAs("term").equals(row.getAs("term")))
                .findFirst()
                .orElseThrow();
        moved.add(
            score(own)
                - frame.stream().mapToDouble(AggregateTermsTest::score).average().orElseThrow());
        ownMoved.add(
            own(own) - frame.stream().mapToDouble(AggregateTermsTest::own).average().orElseThrow());
      }
      assertThat(row.<Long>getAs("frames")).isEqualTo(3);
      assertMean(row, "score", moved);
      assertMean(row, "relevance", ownMoved);
    }
  }

  @Test
  void recordsWithoutAFrameOrATermAreNotCompared() {
    Path input =
        LocalSpark.write(
            directory.resolve("in"),
            "frame STRING, term STRING, text STRING",
            LocalSpark.row("(null)", "movie", "a movie"),
            LocalSpark.row("(null)", "film", "a film"),
            LocalSpark.row(null, "movie", "the movie"),
            LocalSpark.row(null, "film", "the film"),
            LocalSpark.row("b", "movie", "one movie"),
            LocalSpark.row("b", null, "one"));
    Path output = directory.resolve("out");
    CommandRun.explain(input, output, "--target", "LABEL_0").done();
    aggregate(output, "--frame-column", "frame", "--term-column", "term").done();
    assertThat(table("counterfactual").collectAsList())
        .extracting(row -> row.<String>getAs("term"), row -> row.<Long>getAs("frames"))
        .containsExactlyInAnyOrder(tuple("movie", 1L), tuple("film", 1L));
  }

  private static void assertMean(Row row, String name, List<Double> moved) {
    double mean = moved.stream().mapToDouble(d -> d).average().orElseThrow();
    double squares = moved.stream().mapToDouble(d -> (d - mean) * (d - mean)).sum();
    double quantile = new TDistribution(moved.size() - 1.0).inverseCumulativeProbability(0.975);
    double half = quantile * Math.sqrt(squares / (moved.size() - 1) / moved.size());
    assertThat(row.<Double>getAs(name + "_difference")).isCloseTo(mean, within(1e-6));
    assertThat(row.<Double>getAs(name + "_high") - mean).isCloseTo(half, within(1e-5));
  }

  /**
   * Where each text has the target that the model says, texts of a frame may have different ones.
   */
  @Test
  void textsUnderOtherTargetsAreNotCompared() {
    Path explained = swapped("predicted");
    Map<String, Set<String>> targets =
        LocalSpark.read(explained).where("frame <> 'alone'").collectAsList().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.<String>getAs("frame"),
                    Collectors.mapping(
                        row -> row.<Row>getAs("target").<String>getAs("label"),
                        Collectors.toSet())));
    long whole = targets.values().stream().filter(labels -> labels.size() == 1).count();
    String out =
        aggregate(explained, "--frame-column", "frame", "--term-column", "term").done().out();
    long frames =
        table("counterfactual").collectAsList().stream()
            .filter(row -> row.getAs("term").equals("film"))
            .mapToLong(row -> row.<Long>getAs("frames"))
            .sum();
    assertThat(frames).isEqualTo(whole);
    assertThat(out.contains("No frame has all its terms under one target")).isEqualTo(whole == 0);
  }

  @Test
  void whatIsNoLexiconIsRefused() throws IOException {
    Path explained = explained();
    aggregate(explained, "--lexicon", directory.resolve("none.csv").toString())
        .refused("--lexicon");
    aggregate(explained, "--lexicon", lexicon("word,group", "a,b").toString())
        .refused("'term'", "term,group");
    aggregate(explained, "--lexicon", lexicon("term,group").toString()).refused("0 terms");
    aggregate(explained, "--lexicon", lexicon("term,group", "a,").toString()).refused("no group");
    aggregate(explained, "--lexicon", lexicon("term,group", "a b c d e f g h i j k,b").toString())
        .refused("11 words");
    aggregate(explained, "--frame-column", "id").refused("--term-column");
    aggregate(explained, "--frame-column", "id", "--term-column", "colour").refused("'colour'");
  }

  /** Signs at the ends of a word are no part of it, and a term may hold some. */
  @Test
  void signsDoNotHideATerm() throws IOException {
    Path input =
        LocalSpark.write(
            directory.resolve("signs"),
            "id STRING, text STRING",
            LocalSpark.row("a", "a well-made movie!"),
            LocalSpark.row("b", "well - made, they say"),
            LocalSpark.row("c", "a well made movie"));
    Path output = directory.resolve("signs-out");
    CommandRun.explain(input, output, "--id-column", "id", "--target", "LABEL_0").done();
    aggregate(output, "--lexicon", lexicon("term,group", "Well-Made,x", "movie,y").toString())
        .done();
    List<Row> rows = table("lexicon").orderBy("term").collectAsList();
    assertThat(rows)
        .extracting(row -> row.<String>getAs("term"), row -> row.<Long>getAs("records"))
        .containsExactly(tuple("movie", 2L), tuple("well-made", 2L));
  }

  @Test
  void theOrderOfPlacesDoesNotMatter() throws IOException {
    Path lexicon = lexicon();
    aggregate(explained(), "--lexicon", lexicon.toString()).done();
    Comparator<Row> order =
        Comparator.comparing((Row row) -> row.<String>getAs("target"))
            .thenComparing(row -> row.<String>getAs("term"));
    List<Row> once = table("lexicon").collectAsList().stream().sorted(order).toList();
    aggregate(explained(), "--lexicon", lexicon.toString(), "--mode", "overwrite").done();
    List<Row> again = table("lexicon").collectAsList().stream().sorted(order).toList();
    for (int i = 0; i < once.size(); i++) {
      assertThat(again.get(i).<Double>getAs("mean"))
          .isCloseTo(once.get(i).<Double>getAs("mean"), within(CLOSE));
      assertThat(again.get(i).<Long>getAs("records")).isEqualTo(once.get(i).<Long>getAs("records"));
    }
  }
}
