package io.sparklrp.cli;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A page says what the output and its tables say. */
@ExtendWith(LocalSpark.class)
class ReportCommandTest {
  private static final long SEED = 31;
  private static final String[] WORDS = "the movie film was is not bad good 🎉 dull".split(" ");
  private static final String HOSTILE = "<script>alert('x')</script> good \u202e movie";

  @TempDir static Path shared;

  @TempDir Path directory;

  private static Path input() {
    Path input = shared.resolve("in");
    if (input.toFile().exists()) {
      return input;
    }
    Random random = new Random(SEED);
    Row[] rows = new Row[60];
    for (int i = 0; i < rows.length; i++) {
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 3 + random.nextInt(6); word++) {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
      String label = "LABEL_" + i % 3;
      rows[i] = LocalSpark.row("r" + i, i == 7 ? " " : text.toString(), "source " + i % 2, label);
    }
    rows[8] = LocalSpark.row("<b>r8</b>", HOSTILE, "\"><i>source", "LABEL_0");
    return LocalSpark.write(input, "id STRING, text STRING, source STRING, label STRING", rows);
  }

  private static Path explained(String name, String... more) {
    Path output = shared.resolve(name);
    if (!output.toFile().exists()) {
      String[] named = {"--id-column", "id"};
      CommandRun.explain(input(), output, CommandRun.join(named, more)).done();
    }
    return output;
  }

  private CommandRun report(Path explained, String... more) {
    String[] args = {
      "report",
      "--input",
      explained.toString(),
      "--output",
      directory.resolve("page.html").toString()
    };
    return CommandRun.of(CommandRun.join(args, more));
  }

  private String page() throws IOException {
    return Files.readString(directory.resolve("page.html"));
  }

  /** What the records are called that have cards. */
  private List<String> cards() throws IOException {
    return Pattern.compile("<h3><bdi>([^<]+)</bdi></h3>")
        .matcher(page())
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private Path aggregated(Path explained, String... more) {
    Path tables = directory.resolve("tables");
    String[] args = {"aggregate", "--input", explained.toString(), "--output", tables.toString()};
    CommandRun.of(CommandRun.join(args, more)).done();
    return tables;
  }

  @Test
  void thePageHasWhatIsThere() throws IOException {
    String out = report(explained("out"), "--label-column", "label", "--cards", "50").done().out();
    assertThat(out)
        .contains("Of 59 rows with a label in “label” the model is wrong in ")
        .contains("Reported on 59 explained rows, with 60 records to read: ", "page.html");
    assertThat(page())
        .contains("59 of 60 rows were explained. The last run passed all its quality gates.")
        .contains(
            "id=\"soundness\"", "id=\"words\"", "id=\"shares\"", "id=\"records\"", "id=\"reading\"")
        .contains("count the records to which the model gives it:")
        .contains("text-blank", "Not explained (text-blank): ")
        .contains("The model is wrong, and most certain of it", "; it should be LABEL_")
        .containsPattern(
            "Of 59 rows with a label in “label” the model is wrong in \\d+ \\(\\d+\\.\\d %\\): \\d+ “LABEL_\\d” called “LABEL_\\d”")
        .contains(">words</th>", ">special tokens</th>")
        .containsPattern("<a href=\"#record-\\d+\">[^<]+</a> \\([+−]\\d")
        .contains("Not known to the model, to which all such words are the same: “<bdi>🎉</bdi>”.")
        .containsPattern("<summary>(For|Against) LABEL_\\d: the words with the clearest mean")
        .contains("--method lrp-stay", "--id-column id")
        .contains("Parts add up to the score.", ">lrp-ah-ln</td>")
        .contains("To read another: scripts/spark-lrp show --input ")
        .doesNotContain("id=\"drift\"", "id=\"terms\"", "id=\"slices\"");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files)
          .as("nothing but the page is left")
          .containsExactly(directory.resolve("page.html"));
    }
  }

  /**
   * Where a number is another label elsewhere, all mistakes would be counted the other way round.
   */
  @Test
  void numbersThatWereTakenForPlacesAreTold() throws IOException {
    Path input = directory.resolve("numbered");
    LocalSpark.write(
        input,
        "id STRING, text STRING, label INT",
        LocalSpark.row("a", "a dull movie", 1),
        LocalSpark.row("b", "not bad", 0));
    Path output = directory.resolve("explained");
    CommandRun.explain(
            input, output, "--id-column", "id", "--with-column", "said=concat('LABEL_', label)")
        .done();
    assertThat(report(output, "--label-column", "label").done().out())
        .containsPattern(
            "Numbers in “label” were taken for the places of the model's labels \\([01]: LABEL_[01]");
    assertThat(page())
        .contains("Numbers in “label” were taken for the places")
        .contains("--with-column 'said=concat(");
    report(output, "--label-column", "said", "--mode", "overwrite").done();
    assertThat(page()).doesNotContain("were taken for the places");
  }

  /** A method that loses relevance does not add up, and the page does not say so. */
  @Test
  void aMethodThatLosesRelevanceDoesNotAddUp() throws IOException {
    report(explained("other", "--method", "gradient-x-input")).done();
    assertThat(page())
        .contains("Parts add up to the score with the residual")
        .doesNotContain("Parts add up to the score.");
  }

  /** As users write it, and where nothing else would be read as a part of the output. */
  @Test
  void thePageMayHaveABareNameAndLiesBesideItsOutput() throws IOException {
    Path explained = explained("out");
    Path bare = Path.of("page-of-a-test.html");
    try {
      CommandRun.of("report", "--input", explained.toString(), "--output", bare.toString()).done();
      assertThat(bare).isNotEmptyFile();
    } finally {
      Files.deleteIfExists(bare);
    }
    String within = explained.resolve("page.html").toString();
    CommandRun.of("report", "--input", explained.toString(), "--output", within)
        .refused("Cannot write " + within + ": it would be read as a part of ");
    assertThat(explained.resolve("page.html")).doesNotExist();
  }

  @Test
  void hostileRecordsAreRead() throws IOException {
    report(explained("out"), "--cards", "50").done();
    assertThat(page())
        .contains("&lt;b&gt;r8&lt;/b&gt;", "\\u{202e}")
        .doesNotContain("<script", "<b>", "<i>", "\u202e");
  }

  /** A first try is often one of few records. */
  @Test
  void ofFewRecordsAllWordsAreShown() throws IOException {
    Path input =
        LocalSpark.write(
            directory.resolve("few"),
            "id STRING, text STRING",
            LocalSpark.row("a", "a dull zorblat"),
            LocalSpark.row("b", "not dull"));
    Path output = directory.resolve("explained");
    CommandRun.explain(input, output, "--id-column", "id", "--target", "LABEL_1").done();
    report(output).done();
    assertThat(page())
        .contains("none stands in 5 records or more", "no interval is known")
        .contains("all records in which it was explained, whatever the model says of them.")
        .containsPattern("(?s)<caption>(For|Against) LABEL_1</caption>.+?zorblat")
        .doesNotContain("NaN", "null");
  }

  @Test
  void whatWasAskedOfTheCorpusIsThere() throws IOException {
    Path explained = explained("out");
    Path lexicon =
        Files.writeString(
            directory.resolve("terms.csv"), "term,group\nbad,blame\nmovie,things\nscript,code\n");
    Path tables =
        aggregated(
            explained,
            "--by",
            "source",
            "--lexicon",
            lexicon.toString(),
            "--against",
            explained("other", "--method", "gradient-x-input").toString());
    report(explained, "--aggregates", tables.toString()).done();
    assertThat(page())
        .contains("id=\"drift\"", "id=\"terms\"", "id=\"slices\"", "blame", "source 1")
        .contains("<caption>Which two</caption>", "They are of two methods", "gradient-x-input")
        .contains("this less the other (95 % interval)", "score, this less the other")
        .containsPattern(
            "LABEL_\\d: of \\d+ terms? in 5 records or more \\(aggregate --least\\), above 95 % of the words as common: ")
        .containsPattern("(?s)<caption>LABEL_\\d: terms beside words as common</caption>.+?bad")
        .containsPattern(
            "(?s)<summary>LABEL_\\d: terms in fewer than 5 records, of which little can be said</summary>.+?script");
  }

  /** What the tables were made with is what the page says, whatever its own default is. */
  @Test
  void termsOfEnoughRecordsAreThoseOfTheTables() throws IOException {
    Path explained = explained("out");
    Path lexicon =
        Files.writeString(directory.resolve("terms.csv"), "term,group\nbad,blame\nscript,code\n");
    Path tables = aggregated(explained, "--lexicon", lexicon.toString(), "--least", "1");
    report(explained, "--aggregates", tables.toString()).done();
    assertThat(page())
        .containsPattern("LABEL_\\d: of 2 terms in 1 record or more \\(aggregate --least\\), above")
        .doesNotContain("of which little can be said");
  }

  /** In double quotes a shell would run what stands between backquotes. */
  @Test
  void namesOfAnyColumnAreLookedUp() throws IOException {
    Path input = directory.resolve("blanks");
    LocalSpark.write(input, "`my id` STRING, text STRING", LocalSpark.row("r1", "a bad movie"));
    Path output = directory.resolve("out put");
    CommandRun.explain(input, output, "--id-column", "my id").done();
    report(output).done();
    assertThat(page()).contains("show --input '" + output + "' --where '`my id` = \"...\"'");
  }

  /** A reader who is told of a term sees where it does that. */
  @Test
  void termsThatStandOutHaveTheRecordThatShowsItMost() throws IOException {
    Path explained = explained("out");
    Path lexicon = Files.writeString(directory.resolve("terms.csv"), "term,group\nbad,blame\n");
    Path tables = aggregated(explained, "--lexicon", lexicon.toString());
    Path terms = tables.resolve("lexicon");
    Path changed = directory.resolve("changed");
    Dataset<Row> found = LocalSpark.read(terms);
    found
        .withColumn("neutral_low", expr("mean - 2"))
        .withColumn("neutral_high", expr("mean - 1"))
        .write()
        .parquet(changed.toString());
    List<String> most =
        found
            .where("records >= 5")
            .selectExpr("most[0].record")
            .as(Encoders.STRING())
            .collectAsList();
    FileUtils.deleteDirectory(terms.toFile());
    Files.move(changed, terms);
    report(explained, "--aggregates", tables.toString(), "--cards", "1").done();
    assertThat(page())
        .containsPattern(
            "<p class=\"reason\">“bad” speaks most (for|against) LABEL_\\d here: [+−]\\d\\.\\d\\d</p>");
    assertThat(most).isNotEmpty();
    assertThat(cards()).containsAll(most);
  }

  @Test
  void aPictureIsShownUnderTheRelevanceOfItsPatches() throws IOException {
    Path pictures = Files.createDirectory(directory.resolve("pictures"));
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    image.setRGB(20, 20, 0xff0000);
    ImageIO.write(image, "png", pictures.resolve("a.png").toFile());
    Files.write(pictures.resolve("broken.png"), new byte[] {1, 2, 3});
    Path output = directory.resolve("seen");
    CommandRun.explainPictures(pictures, output).done();
    report(output).done();
    assertThat(page())
        .containsOnlyOnce("<img src=\"data:image/png;base64,")
        .contains("width=\"40\" height=\"30\" alt=\"The picture\"")
        .contains("Relevance of the picture’s patches", "Not explained (image-undecodable)");
    int patches =
        LocalSpark.read(output)
            .selectExpr("max(size(filter(tokens, t -> not t.special)))")
            .first()
            .getInt(0);
    assertThat(patches).isGreaterThan(3);
    assertThat(page().split("<span class=\"patch ", -1)).hasSize(patches + 1);
    assertThat(page().split("<td class=\"word ", -1)).hasSize(patches + 1);
    report(without(output, "content"), "--mode", "overwrite").done();
    assertThat(page()).doesNotContain("<img").contains("Relevance of the picture’s patches");
  }

  private Path without(Path output, String column) {
    Path less = directory.resolve("less");
    LocalSpark.read(output).drop(column).write().parquet(less.toString());
    return less;
  }

  @Test
  void tablesOfAnotherRunAreRefused() {
    Path tables = aggregated(explained("other", "--method", "gradient-x-input"));
    report(explained("out"), "--aggregates", tables.toString())
        .refused("are of other runs", "--aggregates");
  }

  @Test
  void tablesOfAnotherReleaseAreRefused() throws IOException {
    Path explained = explained("out");
    Path tables = aggregated(explained);
    Path origin = tables.resolve("_spark_lrp/tables.json");
    String written = Files.readString(origin);
    Files.writeString(origin, written.replaceFirst("\"layout\" : \\d+,", ""));
    Files.deleteIfExists(origin.resolveSibling(".tables.json.crc"));
    report(explained, "--aggregates", tables.toString())
        .refused("another release", "Run aggregate on");
    Files.writeString(origin, written);
    report(explained, "--aggregates", tables.toString()).done();
  }

  @Test
  void badUsageIsRefused() throws IOException {
    Path explained = explained("out");
    report(explained, "--label-column", "colour").refused("'colour'", "--label-column");
    report(explained, "--label-column", "source")
        .refused("no value of 'source' is an answer of the model (LABEL_", "leave it out");
    report(explained, "--cards", "0").refused("--cards 0");
    report(explained, "--cards", "51").refused("--cards 51");
    report(explained, "--mode", "append").refused("--mode append");
    report(explained, "--aggregates", directory.toString()).refused("tables.json", "--aggregates");
    report(input()).refused("no output of explain");
    Files.writeString(directory.resolve("page.html"), "mine");
    report(explained).refused("it exists", "--mode overwrite");
    assertThat(page()).isEqualTo("mine");
    report(explained, "--mode", "overwrite").done();
    assertThat(page()).startsWith("<!DOCTYPE html>");
  }

  @Test
  void nothingExplainedHasAPageToo() throws IOException {
    Path empty =
        LocalSpark.write(
            directory.resolve("in"), "id STRING, text STRING", LocalSpark.row("a", " "));
    Path output = directory.resolve("out");
    CommandRun.explain(empty, output);
    report(output).done();
    assertThat(page()).contains("0 of 1 rows were explained.", "quality gates");
  }
}
