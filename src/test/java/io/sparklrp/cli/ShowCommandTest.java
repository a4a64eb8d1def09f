package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of an output are shown as they are, whatever is in them. */
@ExtendWith(LocalSpark.class)
class ShowCommandTest {
  @TempDir Path directory;

  private Path explained(String... more) {
    Path input =
        LocalSpark.write(
            directory.resolve("in"),
            "id INT, text STRING, pair STRING",
            LocalSpark.row(1, "the movie was 🎉 not bad at all", "the weather"),
            LocalSpark.row(2, "the \u001b[31mfood\nwas cold", "it is"),
            LocalSpark.row(3, " ", "a film"));
    Path output = directory.resolve("out");
    CommandRun.explain(input, output, CommandRun.join(new String[] {"--id-column", "id"}, more))
        .done();
    return output;
  }

  private static CommandRun show(Path output, String... more) {
    String[] args = {"show", "--input", output.toString(), "--color", "never"};
    return CommandRun.of(CommandRun.join(args, more));
  }

  private static String withoutNumbers(String line) {
    return line.replaceAll("\\[[+-]\\d+\\.\\d\\d]", "");
  }

  @Test
  void aCardHasTheTextAndTheLedger() {
    List<String> lines = show(explained(), "--where", "id = 1").done().out().lines().toList();
    assertThat(lines.get(0)).startsWith("What made the model say so (lrp-stay):  ");
    assertThat(lines.get(1)).isEqualTo(RecordCard.LEDGER);
    assertThat(lines.get(3)).matches("1  LABEL_\\d \\d+ %");
    assertThat(lines.get(4)).contains("[");
    assertThat(withoutNumbers(lines.get(4))).isEqualTo("  the movie was 🎉 not bad at all");
    assertThat(lines.get(5)).isEqualTo("  not known to the model: 🎉");
    assertThat(lines.get(6)).startsWith("  score ").contains(" = tokens ", ", residual ");
    assertThat(lines).hasSize(7);
  }

  @Test
  void badRecordsAndTextsThatCommandTerminalsAreShownToo() {
    String out = show(explained(), "--where", "id > 1").done().out();
    assertThat(out).contains("3  not explained (text-blank): ").doesNotContain("\u001b");
    assertThat(out.lines().map(ShowCommandTest::withoutNumbers))
        .contains("  the \\u{1b}[31mfood was cold");
  }

  @Test
  void bothTextsAndWhatWasExplainedAreShown() {
    Path output = explained("--text-pair-column", "pair", "--target", "contrast:LABEL_0:LABEL_1");
    List<String> lines = show(output, "--where", "id = 1").done().out().lines().toList();
    assertThat(lines.get(3)).endsWith(", explained: LABEL_0 against LABEL_1");
    assertThat(withoutNumbers(lines.get(4))).isEqualTo("  the movie was 🎉 not bad at all");
    assertThat(withoutNumbers(lines.get(5))).isEqualTo("  the weather");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--without words", "--columns id,text --output-prefix x_"})
  void whateverWasLeftOut(String left) {
    String out = show(explained(left.split(" ")), "--where", "id = 1").done().out();
    assertThat(out.lines().map(ShowCommandTest::withoutNumbers))
        .contains("  the movie was 🎉 not bad at all");
  }

  @Test
  void wordsAloneWhereTheTextIsNotThere() {
    Path shown = directory.resolve("shown");
    LocalSpark.read(explained()).drop("text").write().parquet(shown.toString());
    String out = show(shown, "--where", "id = 1").done().out();
    assertThat(out.lines().map(ShowCommandTest::withoutNumbers))
        .contains("  the movie was 🎉 not bad at all");
  }

  @Test
  void ofAPictureItsPatches() throws IOException {
    Path pictures = Files.createDirectory(directory.resolve("pictures"));
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    image.setRGB(20, 20, 0xff0000);
    ImageIO.write(image, "png", pictures.resolve("a.png").toFile());
    Path output = directory.resolve("out");
    CommandRun.explainPictures(pictures, output).done();
    assertThat(show(output).done().out()).containsPattern("\\[[+-]\\d+\\.\\d\\d] .*\\[[+-]");
  }

  @Test
  void noMoreThanAreAskedFor() {
    Path output = explained();
    assertThat(show(output, "--limit", "1").done().out())
        .endsWith("\nThere are more; --limit says how many are shown (1).\n");
    assertThat(names(show(output, "--limit", "1"))).hasSize(1);
    assertThat(show(output, "--limit", "3").done().out()).doesNotContain("There are more");
    assertThat(names(show(output, "--limit", "" + Integer.MAX_VALUE))).hasSize(3);
    assertThat(show(output, "--where", "id = 7").done().out())
        .isEqualTo("No rows fulfil id = 7.\n");
  }

  @Test
  void inTheOrderThatIsAskedFor() {
    Path output = explained();
    assertThat(names(show(output, "--order-by", "id DESC"))).containsExactly("3", "2", "1");
    assertThat(names(show(output, "--order-by", "id desc", "--limit", "1"))).containsExactly("3");
    assertThat(names(show(output, "--order-by", "error is null", "--order-by", "id")))
        .containsExactly("3", "1", "2");
    // the third has no score
    List<String> byScore = names(show(output, "--order-by", "target.score"));
    assertThat(byScore).hasSize(3).endsWith("3");
    assertThat(names(show(output, "--order-by", "target.score DESC")))
        .containsExactly(byScore.get(1), byScore.get(0), "3");
  }

  private static List<String> names(CommandRun run) {
    return run.done()
        .out()
        .lines()
        .filter(line -> line.matches("\\d  .*"))
        .map(line -> line.substring(0, 1))
        .toList();
  }

  @Test
  void badUsageIsRefused() {
    Path output = explained();
    show(output, "--order-by", "colour DESC").refused("colour", "--order-by");
    show(output, "--order-by", "id up").refused("up is no direction", "--order-by");
    show(output, "--where", "colour = 1").refused("colour", "--where");
    show(output, "--where", "id = ").refused("--where");
    show(output, "--limit", "0").refused("--limit 0");
    show(directory.resolve("in")).refused("no output of explain");
    show(directory.resolve("nowhere")).refused("nowhere");
    CommandRun.of("show").refused("--input");
  }
}
