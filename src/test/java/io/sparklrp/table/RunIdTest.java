package io.sparklrp.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RunIdTest {
  private static final long SEED = 20_260_419;

  @Test
  void laterRunsSortBehindEarlierOnes() {
    LongStream moments =
        new Random(SEED).longs(1000, 0, Instant.parse("9999-12-31T23:59:59Z").toEpochMilli());
    List<String> names =
        moments.sorted().distinct().mapToObj(Instant::ofEpochMilli).map(RunId::at).toList();
    assertThat(names).as("seed " + SEED).isSorted();
  }

  @Test
  void noTwoAreTheSame() {
    Instant now = Instant.now();
    assertThat(IntStream.range(0, 10_000).mapToObj(i -> RunId.at(now)).distinct()).hasSize(10_000);
  }

  @Test
  void theyArePlainInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(RunId.at(Instant.parse("2024-02-29T23:59:59.123Z")))
          .matches("20240229T235959123Z-[0-9a-f]{16}");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void theirEndingSaysWhatTheirRowsAreResultsOf() {
    ResultIdentity identity = ResultIdentity.of("model", "lrp", Map.of("target", "predicted"));
    assertThat(RunId.next(identity))
        .matches("\\d{8}T\\d{9}Z-[0-9a-f]{16}-[0-9a-f]{16}")
        .endsWith(RunId.ending(identity));
  }
}
