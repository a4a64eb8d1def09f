package io.sparklrp.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.attribution.ExplainedTarget;
import io.sparklrp.attribution.LedgerAmounts;
import io.sparklrp.attribution.Prediction;
import io.sparklrp.attribution.RecordError;
import io.sparklrp.attribution.TokenRelevance;
import io.sparklrp.attribution.WordRelevance;
import io.sparklrp.attribution.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows as they are written hold, and what is changed in one does not. */
class RowCheckTest {
  private static final String TEXT = "an 🎉 apple fell";

  /** A row whose parts add up, of some random relevance. */
  private static OutputRow row(long seed) {
    Random random = new Random(seed);
    List<TokenRelevance> tokens = new ArrayList<>();
    tokens.add(new TokenRelevance("[CLS]", 1, null, null, null, null, true, number(random)));
    int[][] spans = {{0, 2, 0}, {3, 4, 1}, {5, 7, 2}, {7, 10, 2}, {11, 15, 3}};
    for (int[] span : spans) {
      tokens.add(new TokenRelevance("t", 7, span[0], span[1], span[2], 0, false, number(random)));
    }
    double sum = tokens.stream().mapToDouble(TokenRelevance::relevance).sum();
    Map<String, Double> layers = Map.of("layer.0", random.nextGaussian(), "head", 0.25);
    double bias = layers.values().stream().mapToDouble(Double::doubleValue).sum();
    double position = random.nextGaussian();
    double score = (float) (sum + position + bias + 1e-7);
    double residual = score - sum - position - bias;
    return new OutputRow(
        new Prediction(0, "good", 0.5f, new float[] {1f, 0f}, null),
        new ExplainedTarget(0, "good", null, null, score),
        tokens,
        Words.of(tokens, List.of(TEXT), true),
        new LedgerAmounts(sum, position, 0, bias, residual, layers, null),
        false,
        "lrp",
        "model",
        "run",
        null);
  }

  private static float number(Random random) {
    return (float) random.nextGaussian();
  }

  private static Set<RowCheck> failed(OutputRow row, Optional<List<String>> texts) {
    EnumSet<RowCheck> failed = EnumSet.noneOf(RowCheck.class);
    for (RowCheck check : RowCheck.values()) {
      if (!(check.of(row, texts) <= check.bound())) {
        failed.add(check);
      }
    }
    return failed;
  }

  private static Set<RowCheck> failed(OutputRow row) {
    return failed(row, Optional.of(List.of(TEXT)));
  }

  private static OutputRow with(OutputRow row, TokenRelevance... tokens) {
    return new OutputRow(
        row.prediction(),
        row.target(),
        Arrays.asList(tokens),
        row.words(),
        row.ledger(),
        false,
        "lrp",
        "model",
        "run",
        null);
  }

  private static TokenRelevance louder(TokenRelevance token, float by) {
    return new TokenRelevance(
        token.token(),
        token.id(),
        token.start(),
        token.end(),
        token.word(),
        token.segment(),
        token.special(),
        token.relevance() + by);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatAddsUpHoldsWithTextsAndWithout(long seed) {
    assertThat(failed(row(seed))).as("seed %d", seed).isEmpty();
    assertThat(failed(row(seed), Optional.empty())).as("seed %d", seed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void oneRelevanceThatIsChangedIsFound(int token) {
    OutputRow row = row(token);
    TokenRelevance[] tokens = row.tokens().toArray(TokenRelevance[]::new);
    tokens[token] = louder(tokens[token], 1e-4f);
    Set<RowCheck> found = failed(with(row, tokens));
    assertThat(found).contains(RowCheck.TOKENS);
    assertThat(found.contains(RowCheck.WORDS)).isEqualTo(token > 0);
  }

  @Test
  void aSpanBeyondTheTextIsFound() {
    OutputRow row = row(3);
    assertThat(failed(row, Optional.of(List.of("an apple"))))
        .contains(RowCheck.SPANS, RowCheck.WORDS);
    TokenRelevance[] tokens = row.tokens().toArray(TokenRelevance[]::new);
    TokenRelevance last = tokens[5];
    tokens[5] = new TokenRelevance("t", 7, 15, 11, 3, 0, false, last.relevance());
    assertThat(failed(with(row, tokens), Optional.empty())).contains(RowCheck.SPANS);
  }

  @Test
  void amountsThatDoNotAddUpAreFound() {
    OutputRow row = row(4);
    LedgerAmounts was = row.ledger();
    LedgerAmounts other =
        new LedgerAmounts(
            was.tokens(),
            was.position() + 1e-3,
            0,
            was.bias(),
            was.residual(),
            was.biasByLayer(),
            null);
    assertThat(failed(row.withLedger(other))).containsExactly(RowCheck.LEDGER);
    LedgerAmounts left =
        new LedgerAmounts(
            was.tokens(),
            was.position() - 0.1,
            0,
            was.bias(),
            was.residual() + 0.1,
            was.biasByLayer(),
            null);
    assertThat(failed(row.withLedger(left))).containsExactly(RowCheck.RESIDUAL);
    LedgerAmounts layers =
        new LedgerAmounts(
            was.tokens(), was.position(), 0, was.bias(), was.residual(), Map.of("head", 9.0), null);
    assertThat(failed(row.withLedger(layers))).contains(RowCheck.LAYERS);
    LedgerAmounts none = new LedgerAmounts(Double.NaN, 0, 0, 0, 0, null, null);
    assertThat(failed(row.withLedger(none))).contains(RowCheck.LEDGER, RowCheck.TOKENS);
  }

  @Test
  void wordsThatAreOthersAreFound() {
    OutputRow row = row(5);
    List<WordRelevance> words = new ArrayList<>(row.words());
    WordRelevance first = words.get(0);
    words.set(0, new WordRelevance("on", 0, 2, 0, first.relevance()));
    assertThat(failed(row.withWords(words))).containsExactly(RowCheck.WORDS);
    assertThat(failed(row.withWords(null))).isEmpty();
  }

  @Test
  void columnsBelongTogether() {
    OutputRow row = row(6);
    assertThat(failed(row.withLedger(null))).containsExactly(RowCheck.COLUMNS);
    RowOrigin origin = new RowOrigin("lrp", "model", "run");
    assertThat(failed(OutputRow.ofNothing(true, origin))).isEmpty();
    OutputRow error = OutputRow.of(new RecordError("text-blank", "It is blank."), origin);
    assertThat(failed(error)).isEmpty();
    assertThat(failed(error.withWords(List.of()))).containsExactly(RowCheck.COLUMNS);
    TokenRelevance[] tokens = row.tokens().toArray(TokenRelevance[]::new);
    tokens[2] = louder(tokens[2], Float.NaN);
    assertThat(failed(with(row, tokens))).contains(RowCheck.COLUMNS, RowCheck.TOKENS);
  }
}
