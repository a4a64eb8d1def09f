package io.sparklrp.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankedOutputTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 11, 2000})
  void theTenHighestAreThoseOfASort(int outputs) {
    Random random = new Random(outputs);
    float[] logits = new float[outputs];
    for (int i = 0; i < outputs; i++) {
      logits[i] = random.nextInt(50); // many are equal
    }
    List<Integer> wanted =
        IntStream.range(0, outputs)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> -logits[i]).thenComparing(i -> i))
            .limit(10)
            .toList();
    List<RankedOutput> found = RankedOutput.highest(logits, i -> "word " + i);
    assertThat(found).extracting(RankedOutput::index).isEqualTo(wanted);
    assertThat(found).allMatch(one -> one.label().equals("word " + one.index()));
    assertThat(found).allMatch(one -> one.logit() == logits[one.index()]);
  }

  @Test
  void lowestNumbersCount() {
    float[] logits = {Float.NEGATIVE_INFINITY, -3, Float.NEGATIVE_INFINITY};
    assertThat(RankedOutput.highest(logits, String::valueOf).get(0).index()).isEqualTo(1);
  }
}
