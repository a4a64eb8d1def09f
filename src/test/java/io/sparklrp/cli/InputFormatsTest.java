package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same text from files of different formats. */
@ExtendWith(LocalSpark.class)
class InputFormatsTest {
  @TempDir Path directory;

  private Dataset<Row> explained(String format, String content, String... more) throws IOException {
    Path input = Files.writeString(directory.resolve("in." + format), content);
    Path output = directory.resolve("out");
    String[] args = {"--input-format", format};
    CommandRun.explain(input, output, CommandRun.join(args, more)).done();
    return LocalSpark.read(output);
  }

  private static void assertExplained(Dataset<Row> rows) {
    rows.collectAsList().forEach(row -> AddsUp.check(row, row.schema().fieldNames()[0]));
    assertThat(
            rows.selectExpr(
                    "concat_ws(' ', words.word)",
                    "concat_ws(' ', cast(words.start as array<string>))")
                .collectAsList())
        .containsExactly(LocalSpark.row("🎉 bad movie !", "0 2 6 11"), LocalSpark.row("fine", "0"));
  }

  @Test
  void jsonLines() throws IOException {
    assertExplained(
        explained(
            "json",
            "{\"text\": \"🎉 bad movie!\"}\n{\"text\": \"fine\", \"id\": 2}\n",
            "--columns",
            "text"));
  }

  @Test
  void separatedValues() throws IOException {
    assertExplained(
        explained(
            "csv",
            "review|id\n🎉 bad movie!|1\nfine|2\n",
            "--read-option",
            "sep=|",
            "--read-option",
            "header=true",
            "--text-column",
            "review"));
  }

  private Dataset<Row> read(String name, byte[] content) throws IOException {
    Path input = Files.write(directory.resolve(name), content);
    Path output = directory.resolve("out");
    CommandRun.explain(input, output).done();
    return LocalSpark.read(output);
  }

  @Test
  void whatTheNameEndsWithIsRead() throws IOException {
    String lines = "id\ttext\n1\t🎉 bad movie!\n2\tfine\n";
    assertThat(
            read("in.tsv", lines.getBytes(StandardCharsets.UTF_8)).select("text").collectAsList())
        .containsExactly(LocalSpark.row("🎉 bad movie!"), LocalSpark.row("fine"));
  }

  @Test
  void whatIsPackedToo() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write("{\"text\": \"fine\"}\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(read("in.jsonl.gz", packed.toByteArray()).select("text").collectAsList())
        .containsExactly(LocalSpark.row("fine"));
  }

  /** A quote is a character where tabs part fields, and parts none; where commas do, it holds. */
  @Test
  void quotesAreWhatTheFormatSays() throws IOException {
    String tabs = "text\tid\n\"not closed\t1\n\"so\" he said\t2\n";
    assertThat(read("in.tsv", tabs.getBytes(StandardCharsets.UTF_8)).select("text").collectAsList())
        .containsExactly(LocalSpark.row("\"not closed"), LocalSpark.row("\"so\" he said"));
  }

  @Test
  void fieldsInQuotesMayHaveLinesAndQuotes() throws IOException {
    String commas = "text,id\n\"two\nlines, and \"\"quotes\"\"\",1\n";
    assertThat(
            read("in.csv", commas.getBytes(StandardCharsets.UTF_8))
                .select("text", "id")
                .collectAsList())
        .containsExactly(LocalSpark.row("two\nlines, and \"quotes\"", "1"));
  }

  @Test
  void whatWasReadOtherwiseThanItIsWrittenIsTold() throws IOException {
    Path input = Files.writeString(directory.resolve("in.txt"), "id\ttext\n1\tfine\n");
    Path output = directory.resolve("out");
    CommandRun.explain(input, output, "--input-format", "csv")
        .refused("no column 'text'", "header=true");
    CommandRun.explain(input, output, "--input-format", "csv", "--read-option", "header=true")
        .refused("no column 'text'", "--read-option 'sep=\\t'");
  }

  /** A file may be called otherwise than it is written. */
  @ParameterizedTest
  @ValueSource(strings = {",", ";"})
  void anotherSeparatorIsRecognised(String separator) throws IOException {
    Path file =
        Files.writeString(directory.resolve("in.tsv"), "id,text\n1,good\n".replace(",", separator));
    CommandRun.explain(file, directory.resolve("out"))
        .refused("is parted by '" + separator + "': give --read-option 'sep=" + separator + "'");
    CommandRun.explain(file, directory.resolve("out"), "--read-option", "sep=" + separator).done();
  }

  @Test
  void aFileWithoutNamesIsReadByPlaces() throws IOException {
    Path file = Files.writeString(directory.resolve("in.tsv"), "1\tgood, in so many words\n");
    CommandRun.explain(file, directory.resolve("out"))
        .refused("--read-option header=false", "(--text-column _c1, of _c0 to _c1)");
    CommandRun.explain(
            file, directory.resolve("out"), "--read-option", "header=false", "--text-column", "_c1")
        .done();
  }

  @Test
  void linesOfText() throws IOException {
    assertExplained(explained("text", "🎉 bad movie!\nfine\n", "--text-column", "value"));
  }

  @Test
  void bytesThatAreNoTextDoNotEndTheJob() throws IOException {
    Path input = directory.resolve("broken.txt");
    Files.write(input, "a \u00e9 bad movie\n".getBytes(StandardCharsets.ISO_8859_1));
    Path output = directory.resolve("broken");
    CommandRun.explain(input, output, "--input-format", "text", "--text-column", "value").done();
    assertThat(LocalSpark.read(output).where("error is null").count()).isEqualTo(1);
  }

  /** Files of several places are read as one. */
  @Test
  void severalPlaces() throws IOException {
    Path one = Files.writeString(directory.resolve("one.csv"), "id,text\n1,bad movie\n2,fine\n");
    Path other = Files.writeString(directory.resolve("other.csv"), "id,text\n3,a film\n");
    Path output = directory.resolve("out");
    CommandRun.explain(one, output, "--input", other.toString(), "--id-column", "id").done();
    assertThat(LocalSpark.read(output).orderBy("id").select("id", "text").collectAsList())
        .extracting(row -> row.<String>getAs("text"))
        .containsExactly("bad movie", "fine", "a film");
    Path lines = Files.writeString(directory.resolve("more.jsonl"), "{\"text\": \"fine\"}\n");
    CommandRun.explain(one, directory.resolve("none"), "--input", lines.toString())
        .refused("different formats", "--input-format");
    String missing = directory.resolve("missing.csv").toString();
    CommandRun.explain(one, directory.resolve("none"), "--input", missing).refused("missing.csv");
    CommandRun.explain(
            one,
            directory.resolve("none"),
            "--input",
            other.toString(),
            "--incremental",
            "--checkpoint",
            directory.resolve("checkpoint").toString())
        .refused("several --input with --incremental");
  }
}
