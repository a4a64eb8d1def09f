package io.sparklrp.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerAmountsTest {
  private static final List<String> ENTRIES =
      List.of("position", "segment", "embeddings", "layer.0", "layer.1", "head");

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25})
  void allPartsAddUpToTheScore(long seed) {
    Random random = new Random(seed);
    double[] amounts = random.doubles(ENTRIES.size(), -5, 5).toArray();
    double score = random.nextGaussian();
    double tokens = random.nextGaussian();
    LedgerAmounts ledger = LedgerAmounts.of(score, tokens, ENTRIES, i -> amounts[i]);
    assertThat(
            ledger.tokens()
                + ledger.position()
                + ledger.segment()
                + ledger.bias()
                + ledger.residual())
        .as("seed %d", seed)
        .isCloseTo(score, within(1e-13));
    assertThat(ledger.biasByLayer().values().stream().mapToDouble(Double::doubleValue).sum())
        .as("seed %d", seed)
        .isCloseTo(ledger.bias(), within(1e-13));
  }

  @Test
  void everyEntryIsBookedUnderItsName() {
    double[] amounts = {1, 2, 4, 8, 16, 32};
    LedgerAmounts ledger = LedgerAmounts.of(100, 10, ENTRIES, i -> amounts[i]);
    assertThat(ledger.tokens()).isEqualTo(10);
    assertThat(ledger.position()).isEqualTo(1);
    assertThat(ledger.segment()).isEqualTo(2);
    assertThat(ledger.bias()).isEqualTo(60);
    assertThat(ledger.residual()).isEqualTo(27);
    assertThat(ledger.biasByLayer().keySet())
        .containsExactly("embeddings", "layer.0", "layer.1", "head");
    assertThat(ledger.biasByLayer().values()).containsExactly(4.0, 8.0, 16.0, 32.0);
  }

  /** In single precision 100,000,000.25 is 100,000,000, and the quarter would be lost. */
  @Test
  void theResidualIsOfDoublePrecision() {
    LedgerAmounts ledger = LedgerAmounts.of(1e8 + .25, 1e8, List.of("head"), i -> 0.125);
    assertThat(ledger.residual()).isEqualTo(0.125);
  }

  @Test
  void aModelWithoutPositionOrBiasHasNone() {
    LedgerAmounts ledger = LedgerAmounts.of(3, 1, List.of(), i -> Double.NaN);
    assertThat(ledger).isEqualTo(new LedgerAmounts(1, 0, 0, 0, 2, ledger.biasByLayer(), null));
    assertThat(ledger.biasByLayer()).isEmpty();
  }

  @Test
  void entriesOfTheSameNameAddUp() {
    LedgerAmounts ledger =
        LedgerAmounts.of(0, 0, List.of("head", "position", "head", "position"), i -> 1 << i);
    assertThat(ledger.biasByLayer()).containsOnlyKeys("head").containsEntry("head", 5.0);
    assertThat(ledger.position()).isEqualTo(10);
  }

  @Test
  void biasByLayerCannotBeChanged() {
    LedgerAmounts ledger = LedgerAmounts.of(0, 0, List.of("head"), i -> 1);
    assertThatThrownBy(() -> ledger.biasByLayer().put("head", 2.0))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
