package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.GoldenFixture.GoldenRecord;
import io.sparklrp.spark.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From a table to a table for every head, against the references where there is one. */
@ExtendWith(LocalSpark.class)
class HeadsTest {
  private static final double TOLERANCE = 1e-5;

  @TempDir Path directory;

  private int runs;

  private static String model(String fixture) {
    return GoldenFixture.of(fixture).directory().toString();
  }

  private List<Row> explain(String model, List<Row> rows, String... more) {
    Path input =
        LocalSpark.write(
            directory.resolve("in-" + runs),
            "n INT, text STRING, pair STRING, label STRING",
            rows.toArray(Row[]::new));
    Path output = directory.resolve("out-" + runs++);
    String[] args = {
      "explain", "--model", model, "--input", input.toString(), "--output", output.toString()
    };
    CommandRun.of(CommandRun.join(args, more)).done();
    return LocalSpark.read(output).collectAsList().stream()
        .sorted(Comparator.comparing(row -> row.<Integer>getAs("n")))
        .toList();
  }

  private static Row row(int n, GoldenRecord record) {
    return LocalSpark.row(n, record.text(), record.textPair(), null);
  }

  private static void compareTokens(GoldenRecord record, Row row) {
    assertThat(row.<Row>getAs("error")).isNull();
    List<Row> tokens = row.getList(row.fieldIndex("tokens"));
    double[] relevance = record.relevance("lrp-stay");
    double tolerance = TOLERANCE * Math.max(1, record.scale("lrp-stay"));
    assertThat(tokens).hasSize(relevance.length);
    for (int i = 0; i < relevance.length; i++) {
      assertThat((double) tokens.get(i).<Float>getAs("relevance"))
          .isCloseTo(relevance[i], within(tolerance));
    }
    assertThat(row.<Row>getAs("target").<Double>getAs("score"))
        .isCloseTo(record.score(), within(tolerance));
    AddsUp.check(row, "text", "pair");
  }

  @Test
  void nextTokenOfADecoder() {
    List<GoldenRecord> records = GoldenFixture.of("llama-clm").records().subList(0, 4);
    List<Row> rows = IntStream.range(0, 4).mapToObj(i -> row(i, records.get(i))).toList();
    List<Row> found = explain(model("llama-clm"), rows, "--max-length", "48", "--target", "next");
    assertThat(found).hasSize(4);
    for (int i = 0; i < 4; i++) {
      compareTokens(records.get(i), found.get(i));
      Row prediction = found.get(i).getAs("prediction");
      Row target = found.get(i).getAs("target");
      assertThat(prediction.<Integer>getAs("index")).isEqualTo(target.<Integer>getAs("index"));
      assertThat(prediction.<String>getAs("label")).isEqualTo(target.<String>getAs("label"));
    }
  }

  @Test
  void highestWordsOfALargeVocabulary() {
    GoldenRecord record = GoldenFixture.of("gemma3-clm").records().get(0);
    Row row = explain(model("gemma3-clm"), List.of(row(0, record))).get(0);
    compareTokens(record, row);
    Row prediction = row.getAs("prediction");
    assertThat(prediction.<Object>getAs("logits")).isNull();
    List<Row> top = prediction.getList(prediction.fieldIndex("top"));
    assertThat(top).hasSize(10);
    assertThat(top.get(0).<Integer>getAs("index")).isEqualTo(prediction.<Integer>getAs("index"));
    assertThat(top.get(0).<String>getAs("label")).isEqualTo(prediction.<String>getAs("label"));
    assertThat((double) top.get(0).<Float>getAs("logit"))
        .isCloseTo(row.<Row>getAs("target").<Double>getAs("score"), within(1e-4));
  }

  /** Each token of a completion, and their sum: the parts add up to the whole. */
  @Test
  void completionOfADecoder() {
    List<Row> rows =
        List.of(
            LocalSpark.row(0, "The old man", null, " went home"),
            LocalSpark.row(1, "A", null, " b"),
            LocalSpark.row(2, "No completion", null, null));
    String model = model("gpt2-clm");
    List<Row> each = explain(model, rows, "--target", "completion:label");
    assertThat(each.get(each.size() - 1).<Row>getAs("error").<String>getAs("kind"))
        .isEqualTo("text-missing");
    List<Row> sum = explain(model, rows, "--target", "completion:label:sum");
    assertThat(sum).hasSize(3);
    for (int n = 0; n < 2; n++) {
      int number = n;
      List<Row> parts = each.stream().filter(row -> row.<Integer>getAs("n") == number).toList();
      assertThat(parts.size()).isGreaterThan(n == 0 ? 1 : 0);
      double whole = sum.get(n).<Row>getAs("target").<Double>getAs("score");
      assertThat(
              parts.stream().mapToDouble(p -> p.<Row>getAs("target").<Double>getAs("score")).sum())
          .isCloseTo(whole, within(1e-4));
      assertThat(relevance(sum.get(n)))
          .containsExactly(added(parts.stream().map(HeadsTest::relevance).toList()), within(1e-4));
    }
  }

  private static double[] relevance(Row row) {
    List<Row> tokens = row.getList(row.fieldIndex("tokens"));
    return tokens.stream().mapToDouble(token -> token.<Float>getAs("relevance")).toArray();
  }

  private static double[] added(List<double[]> parts) {
    double[] sum = new double[parts.get(0).length];
    parts.forEach(part -> Arrays.setAll(sum, i -> sum[i] + part[i]));
    return sum;
  }

  @Test
  void maskedToken() {
    List<Row> rows =
        List.of(
            LocalSpark.row(0, "it is a [MASK] film", null, null),
            LocalSpark.row(1, "no mask at all", null, null));
    List<Row> found = explain(model("bert-mlm"), rows, "--target", "mask");
    assertThat(found.get(0).<Row>getAs("error")).isNull();
    assertThat(found.get(0).<Row>getAs("prediction").<Object>getAs("logits")).isNotNull();
    AddsUp.check(found.get(0), "text", "pair");
    assertThat(found.get(1).<Row>getAs("error").<String>getAs("kind")).isEqualTo("mask");
    List<Row> top = explain(model("bert-mlm"), rows, "--target", "top:3");
    List<Integer> words =
        top.subList(0, 3).stream()
            .map(row -> row.<Row>getAs("target").<Integer>getAs("index"))
            .toList();
    assertThat(words).doesNotHaveDuplicates();
    assertThat(words.get(0))
        .isEqualTo(found.get(0).<Row>getAs("prediction").<Integer>getAs("index"));
  }

  @Test
  void everyEntity() {
    GoldenFixture fixture = GoldenFixture.of("bert-tokcls");
    List<GoldenRecord> records = fixture.records();
    List<Row> rows =
        IntStream.range(0, records.size()).mapToObj(i -> row(i, records.get(i))).toList();
    List<Row> found = explain(model("bert-tokcls"), rows, "--max-length", "40");
    List<GoldenRecord> compared = new ArrayList<>();
    for (Row row : found) {
      AddsUp.check(row, "text", "pair");
      GoldenRecord record = records.get(row.<Integer>getAs("n"));
      String label = row.<Row>getAs("target").getAs("label");
      assertThat(label).startsWith("token:");
      if (label.startsWith("token:" + explainedToken(record) + ":") && explainsHighest(record)) {
        compareTokens(record, row);
        compared.add(record);
      }
    }
    assertThat(found.size()).isGreaterThan(records.size());
    assertThat(compared).isNotEmpty();
  }

  /** Whether the reference explains the predicted class, and not against another. */
  private static boolean explainsHighest(GoldenRecord record) {
    int width = record.seed().length / record.ids().length;
    int first = explainedToken(record) * width;
    double[] row = Arrays.copyOfRange(record.logits(), first, first + width);
    float[] seed = Arrays.copyOfRange(record.seed(), first, first + width);
    return IntStream.range(0, width)
        .allMatch(i -> seed[i] == (row[i] == Arrays.stream(row).max().orElseThrow() ? 1 : 0));
  }

  private static int explainedToken(GoldenRecord record) {
    float[] seed = record.seed();
    int at = IntStream.range(0, seed.length).filter(i -> seed[i] > 0).findFirst().orElseThrow();
    return at / (seed.length / record.ids().length);
  }

  @Test
  void answerToAQuestion() {
    List<GoldenRecord> records = GoldenFixture.of("bert-qa").records();
    List<Row> rows = List.of(row(0, records.get(0)), row(1, records.get(3)));
    String model = model("bert-qa");
    String[] pair = {"--text-pair-column", "pair", "--max-length", "48"};
    List<Row> start = explain(model, rows, CommandRun.join(pair, "--target", "start"));
    compareTokens(records.get(0), start.get(0));
    compareTokens(records.get(3), start.get(1));
    String[] more = {"--target", "span"};
    List<Row> span = explain(model, rows, CommandRun.join(pair, more));
    Row prediction = span.get(0).getAs("prediction");
    assertThat(prediction.<String>getAs("label"))
        .isEqualTo(span.get(0).<Row>getAs("target").<String>getAs("label"))
        .startsWith("span:");
  }

  @Test
  void everyClassAndTheHighest() {
    GoldenFixture fixture = GoldenFixture.of("bert-multilabel-seqcls");
    GoldenRecord record = fixture.records().get(0);
    List<Row> rows = List.of(LocalSpark.row(0, record.text(), null, null));
    List<Row> all = explain(model("bert-multilabel-seqcls"), rows, "--target", "all");
    double[] logits = record.logits();
    assertThat(all).hasSize(logits.length);
    for (Row row : all) {
      Row target = row.getAs("target");
      assertThat(target.<Double>getAs("score"))
          .isCloseTo(logits[target.<Integer>getAs("index")], within(TOLERANCE));
      AddsUp.check(row, "text", "pair");
    }
    List<Row> top = explain(model("bert-multilabel-seqcls"), rows, "--target", "top:2");
    assertThat(top).hasSize(2);
    List<Row> both =
        explain(model("bert-multilabel-seqcls"), rows, "--target", "1", "--target", "contrast:0:1");
    assertThat(both).hasSize(2);
    assertThat(both.get(1).<Row>getAs("target").<Double>getAs("score"))
        .isCloseTo(logits[0] - logits[1], within(TOLERANCE));
  }
}
