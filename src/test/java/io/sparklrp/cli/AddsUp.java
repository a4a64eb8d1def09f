package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/** What must hold for each row that was explained, whatever the model and the method. */
final class AddsUp {
  private AddsUp() {}

  /**
   * Checks a row: score = tokens + position + segment + bias + residual, and words are sums of
   * their tokens and cut from their texts.
   *
   * @param textColumns the column of the first text, and of the second if there is one
   */
  static void check(Row row, String... textColumns) {
    assertThat(row.<Row>getAs("error")).isNull();
    List<Row> tokens = row.getList(row.fieldIndex("tokens"));
    checkLedger(row.<Row>getAs("target").<Double>getAs("score"), row.getAs("ledger"), tokens);
    List<Row> words = row.getList(row.fieldIndex("words"));
    for (int segment = 0; segment < textColumns.length; segment++) {
      String text = row.getAs(textColumns[segment]);
      checkWords(text, of(segment, tokens), of(segment, words));
    }
  }

  /** Special tokens have no segment. */
  private static List<Row> of(int segment, List<Row> tokensOrWords) {
    return tokensOrWords.stream()
        .filter(part -> Objects.equals(part.<Integer>getAs("segment"), segment))
        .toList();
  }

  private static void checkLedger(double score, Row ledger, List<Row> tokens) {
    double sum = ledger.<Double>getAs("tokens");
    double bias = ledger.<Double>getAs("bias");
    double parts =
        sum
            + ledger.<Double>getAs("position")
            + ledger.<Double>getAs("segment")
            + bias
            + ledger.<Double>getAs("residual");
    Map<String, Double> byLayer = ledger.getJavaMap(ledger.fieldIndex("bias_by_layer"));
    assertThat(parts).isCloseTo(score, within(1e-9));
    assertThat(tokens.stream().mapToDouble(AddsUp::relevance).sum()).isCloseTo(sum, within(1e-9));
    assertThat(byLayer.values().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(bias, within(1e-9));
  }

  private static void checkWords(String text, List<Row> tokens, List<Row> words) {
    int[] points = text == null ? new int[0] : text.codePoints().toArray();
    Map<Integer, List<Row>> byWord = new LinkedHashMap<>();
    tokens.stream()
        .filter(token -> token.getAs("word") != null && token.getAs("start") != null)
        .forEach(
            token ->
                byWord
                    .computeIfAbsent(token.<Integer>getAs("word"), word -> new ArrayList<>())
                    .add(token));
    assertThat(words).hasSameSizeAs(byWord.keySet());
    Iterator<List<Row>> parts = byWord.values().iterator();
    double inWords = 0;
    for (Row word : words) {
      List<Row> its = parts.next();
      int start = word.<Integer>getAs("start");
      int end = word.<Integer>getAs("end");
      assertThat(word.<String>getAs("word")).isEqualTo(new String(points, start, end - start));
      // A tokenizer without words of its own has the blank before a word in its first token.
      assertThat(start).isGreaterThanOrEqualTo(edge(its, "start").min().orElseThrow());
      assertThat(end).isLessThanOrEqualTo(edge(its, "end").max().orElseThrow());
      double sum = its.stream().mapToDouble(AddsUp::relevance).sum();
      assertThat(relevance(word)).isCloseTo(sum, within(Math.max(1e-6, Math.ulp((float) sum))));
      inWords += relevance(word);
    }
    double inTokens = tokens.stream().mapToDouble(AddsUp::relevance).sum();
    assertThat(inWords).isCloseTo(inTokens, within(1e-5));
  }

  private static IntStream edge(List<Row> tokens, String side) {
    return tokens.stream().mapToInt(token -> token.<Integer>getAs(side));
  }

  /** |residual| over max(1, |y|, sum|R| + |R_position| + |R_segment| + sum|R_bias|). */
  static double relativeResidual(Row row) {
    Row ledger = row.getAs("ledger");
    List<Row> tokens = row.getList(row.fieldIndex("tokens"));
    Map<String, Double> byLayer = ledger.getJavaMap(ledger.fieldIndex("bias_by_layer"));
    double parts =
        tokens.stream().mapToDouble(token -> Math.abs(relevance(token))).sum()
            + Math.abs(ledger.<Double>getAs("position"))
            + Math.abs(ledger.<Double>getAs("segment"))
            + byLayer.values().stream().mapToDouble(Math::abs).sum();
    double score = Math.abs(row.<Row>getAs("target").<Double>getAs("score"));
    return Math.abs(ledger.<Double>getAs("residual")) / Math.max(1, Math.max(score, parts));
  }

  static double relevance(Row tokenOrWord) {
    return tokenOrWord.<Float>getAs("relevance");
  }
}
