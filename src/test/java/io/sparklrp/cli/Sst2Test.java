package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparklrp.spark.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All development sentences of SST-2 with the shipped model: every ledger closes. */
@ExtendWith(LocalSpark.class)
class Sst2Test {
  private static final Path SENTENCES =
      Path.of(System.getProperty("sparklrp.data", "../shared/data"), "sst2_glue", "dev.tsv");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"lrp", "lrp-stay"})
  void everyLedgerCloses(String method) {
    assumeTrue(Files.exists(SENTENCES), "SST-2 is not at " + SENTENCES);
    Path output = directory.resolve(method);
    CommandRun.of(
            "explain",
            "--model",
            "demo",
            "--input",
            SENTENCES.toString(),
            "--input-format",
            "csv",
            "--read-option",
            "header=true",
            "--read-option",
            "sep=\t",
            "--read-option",
            "quote=",
            "--method",
            method,
            "--output",
            output.toString())
        .done();
    List<Row> rows = LocalSpark.read(output).collectAsList();
    assertThat(rows).hasSize(872);
    for (Row row : rows) {
      AddsUp.check(row, "text");
      assertThat(AddsUp.relativeResidual(row)).as(row.<String>getAs("id")).isLessThan(1e-4);
    }
    long right =
        rows.stream()
            .filter(
                row ->
                    row.<String>getAs("label")
                        .equals("" + row.<Row>getAs("prediction").<Integer>getAs("index")))
            .count();
    assertThat((double) right / rows.size()).isGreaterThanOrEqualTo(0.85);
  }
}
