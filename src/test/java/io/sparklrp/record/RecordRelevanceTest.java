package io.sparklrp.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.engine.SampleRecords;
import io.sparklrp.error.RecordException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordRelevanceTest {
  private static RecordRelevance found(float logit, float score, float relevance, float amount) {
    return SampleRecords.found(
        new float[] {1, logit}, 0, score, new float[] {2, relevance}, 3, amount);
  }

  @Test
  void finiteNumbersAreFine() {
    assertThat(found(1, 2, -Float.MAX_VALUE, 0).failure()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void oneThatIsNotFiniteIsAnErrorOfTheRecord(float bad) {
    for (RecordRelevance found :
        new RecordRelevance[] {
          found(bad, 1, 1, 1), found(1, bad, 1, 1), found(1, 1, bad, 1), found(1, 1, 1, bad)
        }) {
      assertThat(found.failure()).get().extracting(RecordException::kind).isEqualTo("not-finite");
    }
  }

  @Test
  void logitsCannotBeChanged() {
    RecordRelevance found = found(5, 1, 1, 1);
    found.logits()[1] = 7;
    assertThat(found.logits()).containsExactly(1, 5);
  }
}
