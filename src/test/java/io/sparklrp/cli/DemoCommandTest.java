package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class DemoCommandTest {
  private static final Pattern LEDGER =
      Pattern.compile(
          "  score (\\S+) = tokens (\\S+), position (\\S+), segment (\\S+), bias (\\S+), residual \\S+");

  @TempDir Path directory;

  private String demo(String... more) {
    String[] args = {"demo", "--output", directory.resolve("out").toString()};
    return CommandRun.of(CommandRun.join(args, more)).done().out();
  }

  @Test
  void showsTenRecordsAndWritesAll() {
    List<String> lines = demo("--color", "never").lines().toList();
    List<Row> rows = LocalSpark.read(directory.resolve("out")).collectAsList();
    assertThat(rows).hasSize(304).allMatch(row -> row.<Row>getAs("error") == null);
    assertThat(lines).noneMatch(line -> line.contains("\u001b"));
    assertThat(lines)
        .filteredOn(line -> line.matches("r-\\d+  (positive|negative) \\d+ %.*"))
        .hasSize(10);
    assertThat(lines)
        .filteredOn(line -> line.matches(".*\\[[+-]\\d\\.\\d\\d].*"))
        .hasSizeGreaterThan(9);
    List<String> ledgers = lines.stream().filter(line -> line.startsWith("  score ")).toList();
    assertThat(ledgers).hasSize(10).allSatisfy(DemoCommandTest::assertAddsUp);
    assertThat(lines).contains(RecordCard.LEDGER);
    assertThat(lines).anyMatch(line -> line.startsWith("304 reviews explained in "));
  }

  private static void assertAddsUp(String ledger) {
    var numbers = LEDGER.matcher(ledger);
    assertThat(numbers.matches()).as(ledger).isTrue();
    double rest = Double.parseDouble(numbers.group(1));
    for (int i = 2; i <= 5; i++) {
      rest -= Double.parseDouble(numbers.group(i));
    }
    assertThat(Math.abs(rest)).as(ledger).isLessThan(0.03); // five roundings to two decimals
  }

  @Test
  void coloursOnRequestAndTakesAMethod() {
    String out = demo("--color", "always", "--method", "lrp");
    assertThat(out).contains("\u001b[30;48;2;255;", "\u001b[0m", "(lrp):");
    assertThat(LocalSpark.read(directory.resolve("out")).first().<String>getAs("method"))
        .isEqualTo("lrp");
  }
}
