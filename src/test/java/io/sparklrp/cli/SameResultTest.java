package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same record gives the same result whatever its batch, its partition and the number of
 * threads.
 *
 * <p>The contract's bound is 1e-5 max(1, m), m being the largest sum over j of |X G| of a token.
 * That is not in the output; the largest |R| of a token is, and is at most m: the bound here is the
 * stricter one.
 */
@ExtendWith(LocalSpark.class)
class SameResultTest {
  private static final double TOLERANCE = 1e-5;
  private static final String SAMPLE = "src/main/resources/io/sparklrp/demo/reviews.jsonl";

  @TempDir static Path directory;
  private static List<Row> reference;

  @BeforeAll
  static void explainOnOneThread() {
    LocalSpark.onThreads(1, () -> explain("one", 1, "8192"));
    reference = rows("one");
    assertThat(reference).hasSize(304);
  }

  private static void explain(String name, int partitions, String batchTokens) {
    Dataset<Row> sample = LocalSpark.session().read().json(SAMPLE);
    sample.repartition(partitions).createOrReplaceTempView("sample");
    CommandRun.of(
            "explain",
            "--model",
            "demo",
            "--input-table",
            "sample",
            "--output",
            directory.resolve(name).toString(),
            "--batch-tokens",
            batchTokens)
        .done();
  }

  private static List<Row> rows(String name) {
    return LocalSpark.read(directory.resolve(name)).orderBy("id").collectAsList();
  }

  private static int partitions(String name) throws IOException {
    Path manifest = directory.resolve(name).resolve("_spark_lrp/manifest.json");
    return new ObjectMapper().readTree(manifest.toFile()).at("/run/partitions").asInt();
  }

  @Test
  void theReferenceIsOfOnePartition() throws IOException {
    assertThat(partitions("one")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"64", "8192"})
  void batchesPartitionsAndThreadsMakeNoDifference(String batchTokens) throws IOException {
    String name = "seven-" + batchTokens;
    String seconds = "spark.sparklrp.taskSeconds";
    LocalSpark.session().conf().set(seconds, "0.01");
    try {
      explain(name, 7, batchTokens);
    } finally {
      LocalSpark.session().conf().unset(seconds);
    }
    assertThat(partitions(name)).isGreaterThanOrEqualTo(7);
    compareAll(name);
  }

  @Test
  void shippingTheModelAsFilesMakesNoDifference() {
    String limit = "spark.sparklrp.broadcastLimit";
    System.setProperty(limit, "1");
    try {
      LocalSpark.onThreads(2, () -> explain("files", 2, "2048"));
    } finally {
      System.clearProperty(limit);
    }
    compareAll("files");
  }

  private static void compareAll(String name) {
    List<Row> found = rows(name);
    assertThat(found).hasSameSizeAs(reference);
    for (int i = 0; i < found.size(); i++) {
      compare(found.get(i), reference.get(i));
    }
  }

  private static void compare(Row found, Row expected) {
    String id = expected.getAs("id");
    assertThat(found.<String>getAs("id")).isEqualTo(id);
    List<Row> tokens = expected.getList(expected.fieldIndex("tokens"));
    List<Row> others = found.getList(found.fieldIndex("tokens"));
    assertThat(others).hasSameSizeAs(tokens);
    double largest =
        tokens.stream().mapToDouble(token -> Math.abs(AddsUp.relevance(token))).max().orElse(0);
    double tolerance = TOLERANCE * Math.max(1, largest);
    for (int i = 0; i < tokens.size(); i++) {
      assertThat(others.get(i).<Integer>getAs("id")).isEqualTo(tokens.get(i).<Integer>getAs("id"));
      assertThat(AddsUp.relevance(others.get(i)))
          .as("%s, token %d", id, i)
          .isCloseTo(AddsUp.relevance(tokens.get(i)), within(tolerance));
    }
    for (String amount : List.of("position", "segment", "bias")) {
      assertThat(found.<Row>getAs("ledger").<Double>getAs(amount))
          .as("%s, %s", id, amount)
          .isCloseTo(expected.<Row>getAs("ledger").<Double>getAs(amount), within(tolerance));
    }
    assertThat(found.<Row>getAs("target").<Double>getAs("score"))
        .isCloseTo(expected.<Row>getAs("target").<Double>getAs("score"), within(tolerance));
  }
}
