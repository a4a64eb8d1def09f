package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that cannot be read is told by its name, and costs no other file's records. */
@ExtendWith(LocalSpark.class)
class DamagedFilesTest {
  private static final int FILES = 6;
  private static final int RECORDS = 60;

  @TempDir Path directory;
  private Path input;
  private Path output;

  @BeforeEach
  void writeInput() {
    input = directory.resolve("in put");
    output = directory.resolve("out");
    Row[] records =
        IntStream.range(0, RECORDS)
            .mapToObj(i -> LocalSpark.row(i, "the movie was bad", noise(i)))
            .toArray(Row[]::new);
    LocalSpark.table("id INT, text STRING, more STRING", records)
        .repartitionByRange(FILES, functions.col("id"))
        .write()
        .parquet(input.toString());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(input)) {
      return all.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private CommandRun explain(String... more) {
    LocalSpark.session().conf().set("spark.sql.files.openCostInBytes", "134217728");
    try {
      return CommandRun.explain(input, output, more);
    } finally {
      LocalSpark.session().conf().unset("spark.sql.files.openCostInBytes");
    }
  }

  private static void cut(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }

  /** A column that is only carried, and most of the file: looking at lengths does not find it. */
  private static String noise(int seed) {
    return new Random(seed)
        .ints(5000, ' ', '~')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static void damageLastColumn(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length / 3, bytes.length / 3 * 2, (byte) 0x5a);
    Files.write(file, bytes);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }

  private void assertOthersAreThere() {
    assertThat(LocalSpark.read(output).select("id").distinct().count()).isEqualTo(RECORDS - 10);
    assertThat(LocalSpark.read(output).count()).isEqualTo(RECORDS - 10);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void theOthersAreExplainedAndTheRunDoesNotPass(int number) throws Exception {
    Path damaged = files().get(number);
    cut(damaged);
    CommandRun run = explain();
    run.ended(ExitCode.QUALITY, "1 files of the input could not be read", "--on-error drop");
    assertThat(run.out()).contains("whose records are not in the output:", name(damaged));
    assertOthersAreThere();
    JsonNode manifest =
        new ObjectMapper().readTree(output.resolve("_spark_lrp/manifest.json").toFile());
    assertThat(manifest.get("files_unread").size()).isOne();
    assertThat(manifest.get("files_unread").get(0).asText()).endsWith(name(damaged));
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  @Test
  void itIsLeftOutOnRequest() throws Exception {
    cut(files().get(1));
    assertThat(explain("--on-error", "drop").done().out()).contains(name(files().get(1)));
    assertOthersAreThere();
  }

  @Test
  void itEndsTheRunOnRequest() throws Exception {
    cut(files().get(1));
    explain("--on-error", "fail")
        .ended(ExitCode.FAILED, "Cannot read ", name(files().get(1)), "--on-error drop");
  }

  @Test
  void itIsFoundWhileRecordsAreExplained() throws Exception {
    damageLastColumn(files().get(4));
    CommandRun run = explain("--on-error", "drop").done();
    assertThat(run.out()).contains(name(files().get(4)));
    assertOthersAreThere();
  }

  @Test
  void aFileThatIsMendedIsGoneOnWith() throws Exception {
    Path damaged = files().get(2);
    byte[] whole = Files.readAllBytes(damaged);
    cut(damaged);
    assertThat(explain().exitCode()).isEqualTo(ExitCode.QUALITY);
    Files.write(damaged, whole);
    CommandRun run = explain("--resume").done();
    assertThat(run.out()).startsWith("Explained 10 records").contains("held 50 others already");
    assertThat(LocalSpark.read(output).count()).isEqualTo(RECORDS);
  }

  @Test
  void sparksOwnWayIsRefused() throws Exception {
    explain("--read-option", "ignoreCorruptFiles=true").refused("--on-error drop");
    LocalSpark.session().conf().set("spark.sql.files.ignoreCorruptFiles", "true");
    try {
      cut(files().get(1));
      explain().ended(ExitCode.QUALITY, "could not be read");
    } finally {
      LocalSpark.session().conf().unset("spark.sql.files.ignoreCorruptFiles");
    }
  }
}
