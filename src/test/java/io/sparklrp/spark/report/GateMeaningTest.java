package io.sparklrp.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GateMeaningTest {
  /** The gates of {@code explain}, as its manifest calls them. */
  private static final List<String> GATES =
      List.of(
          "records_lost",
          "rows_lost",
          "files_unread",
          "explained",
          "error_rate",
          "truncated_rate",
          "deviation",
          "ledger",
          "sample");

  @Test
  void eachGateIsSaidInWords() {
    assertThat(GATES).allSatisfy(gate -> assertThat(GateMeaning.of(gate)).contains(" "));
  }

  @Test
  void aGateOfAnotherReleaseHasNone() {
    assertThat(GateMeaning.of("another")).isEmpty();
  }
}
