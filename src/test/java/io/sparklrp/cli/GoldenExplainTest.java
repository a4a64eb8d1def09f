package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.GoldenFixture.GoldenRecord;
import io.sparklrp.spark.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From a table to a table, against the float64 references of all methods. */
@ExtendWith(LocalSpark.class)
class GoldenExplainTest {
  private static final double TOLERANCE = 1e-5;
  private static final List<GoldenRecord> RECORDS = GoldenFixture.of("bert-seqcls").records();

  @TempDir Path directory;

  private static boolean isPair(GoldenRecord record) {
    return record.textPair() != null;
  }

  private static int[] explained(GoldenRecord record) {
    float[] seed = record.seed();
    int index = IntStream.range(0, seed.length).filter(i -> seed[i] > 0).findFirst().orElseThrow();
    int against = IntStream.range(0, seed.length).filter(i -> seed[i] < 0).findFirst().orElse(-1);
    return new int[] {index, against};
  }

  /** Explains the chosen records, and compares each with its reference. */
  private void compare(List<GoldenRecord> records, Method method, String target, String... more) {
    Row[] rows =
        records.stream()
            .map(r -> LocalSpark.row(RECORDS.indexOf(r), r.text(), r.textPair(), explained(r)[0]))
            .toArray(Row[]::new);
    Path input =
        LocalSpark.write(
            directory.resolve("in"), "n INT, text STRING, pair STRING, label INT", rows);
    Path output = directory.resolve("out");
    String[] args = {"--method", method.id(), "--target", target};
    CommandRun.explain(input, output, CommandRun.join(args, more)).done();
    List<Row> found = LocalSpark.read(output).collectAsList();
    assertThat(found).hasSameSizeAs(records);
    found.forEach(row -> compare(RECORDS.get(row.<Integer>getAs("n")), method, row));
  }

  @ParameterizedTest
  @MethodSource("io.sparklrp.oracle.GraphMethods#withReferences")
  void predictedTargets(Method method) {
    List<GoldenRecord> records =
        RECORDS.stream().filter(r -> r.isPredicted() && !isPair(r)).toList();
    assertThat(records).hasSizeGreaterThan(3);
    String[] steps =
        method == Methods.INTEGRATED_GRADIENTS ? new String[] {"--steps", "16"} : new String[0];
    compare(records, method, "predicted", steps);
  }

  @Test
  void pairsOfTexts() {
    List<GoldenRecord> records = RECORDS.stream().filter(GoldenExplainTest::isPair).toList();
    compare(records, Methods.LRP_STAY, "predicted", "--text-pair-column", "pair");
  }

  @Test
  void targetsOfAColumn() {
    List<GoldenRecord> records =
        RECORDS.stream().filter(r -> !isPair(r) && explained(r)[1] < 0).toList();
    assertThat(records).anyMatch(r -> !r.isPredicted());
    compare(records, Methods.LRP, "column:label");
  }

  @Test
  void aContrastOfTwoLabels() {
    List<GoldenRecord> records = RECORDS.stream().filter(r -> explained(r)[1] >= 0).toList();
    assertThat(records).isNotEmpty();
    compare(records, Methods.ATTNLRP, "contrast:LABEL_1:0");
  }

  private static void compare(GoldenRecord record, Method method, Row row) {
    assertThat(row.<Row>getAs("error")).isNull();
    assertThat(row.<String>getAs("method")).isEqualTo(method.id());
    assertThat(row.<Boolean>getAs("truncated")).isEqualTo(record.truncated());
    double tolerance = TOLERANCE * Math.max(1, record.scale(method.id()));
    comparePrediction(record, row.getAs("prediction"));
    compareTarget(record, row.getAs("target"));
    compareTokens(record, method, row.getList(row.fieldIndex("tokens")), tolerance);
    compareLedger(record.ledger(method.id()), row.getAs("ledger"), tolerance);
    // Each token's share is the score less another one, so that the score's rounding is in all.
    int sums = method == Methods.OCCLUSION ? record.tokens().size() : 1;
    assertThat(row.<Row>getAs("ledger").<Double>getAs("residual"))
        .isCloseTo(record.ledger(method.id()).residual(), within(tolerance * sums));
    AddsUp.check(row, "text", "pair");
  }

  private static void comparePrediction(GoldenRecord record, Row prediction) {
    double[] logits = record.logits();
    double total = IntStream.range(0, logits.length).mapToDouble(i -> Math.exp(logits[i])).sum();
    int index = prediction.getAs("index");
    List<Float> found = prediction.getList(prediction.fieldIndex("logits"));
    for (int i = 0; i < logits.length; i++) {
      assertThat((double) found.get(i)).isCloseTo(logits[i], within(TOLERANCE));
      assertThat(logits[i]).isLessThanOrEqualTo(logits[index]);
    }
    assertThat(prediction.<String>getAs("label")).isEqualTo("LABEL_" + index);
    assertThat((double) prediction.<Float>getAs("probability"))
        .isCloseTo(Math.exp(logits[index]) / total, within(TOLERANCE));
  }

  private static void compareTarget(GoldenRecord record, Row target) {
    int[] explained = explained(record);
    boolean alone = explained[1] < 0;
    assertThat(target.<Integer>getAs("index")).isEqualTo(explained[0]);
    assertThat(target.<String>getAs("label")).isEqualTo("LABEL_" + explained[0]);
    assertThat(target.<Integer>getAs("against_index")).isEqualTo(alone ? null : explained[1]);
    assertThat(target.<String>getAs("against_label"))
        .isEqualTo(alone ? null : "LABEL_" + explained[1]);
    assertThat(target.<Double>getAs("score")).isCloseTo(record.score(), within(TOLERANCE));
  }

  private static void compareTokens(
      GoldenRecord record, Method method, List<Row> tokens, double tolerance) {
    double[] relevance = record.relevance(method.id());
    assertThat(tokens).hasSize(relevance.length);
    for (int i = 0; i < relevance.length; i++) {
      Row token = tokens.get(i);
      int segment = record.sequenceIds()[i];
      boolean special = segment < 0;
      assertThat(token.<String>getAs("token")).isEqualTo(record.tokens().get(i));
      assertThat((long) token.<Integer>getAs("id")).isEqualTo(record.ids()[i]);
      assertThat(token.<Boolean>getAs("special")).isEqualTo(special);
      assertThat(token.<Integer>getAs("segment")).isEqualTo(special ? null : segment);
      assertThat(token.<Integer>getAs("start")).isEqualTo(special ? null : record.offsets()[i][0]);
      assertThat(token.<Integer>getAs("end")).isEqualTo(special ? null : record.offsets()[i][1]);
      assertThat((double) token.<Float>getAs("relevance"))
          .as("%s, token %d", record, i)
          .isCloseTo(relevance[i], within(tolerance));
    }
  }

  private static void compareLedger(GoldenFixture.Ledger reference, Row ledger, double tolerance) {
    assertThat(ledger.<Double>getAs("position")).isCloseTo(reference.position(), within(tolerance));
    assertThat(ledger.<Double>getAs("segment")).isCloseTo(reference.segment(), within(tolerance));
    java.util.Map<String, Double> byLayer = ledger.getJavaMap(ledger.fieldIndex("bias_by_layer"));
    assertThat(byLayer).containsOnlyKeys(reference.bias().keySet());
    reference
        .bias()
        .forEach(
            (name, amount) ->
                assertThat(byLayer.get(name)).as(name).isCloseTo(amount, within(tolerance)));
    assertThat(ledger.isNullAt(ledger.fieldIndex("by_cause"))).isTrue();
  }
}
