package io.sparklrp.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTypeTest {
  @ParameterizedTest
  @CsvSource({
    "single_label_classification, 3, SINGLE_LABEL_CLASSIFICATION",
    "single_label_classification, 1, SINGLE_LABEL_CLASSIFICATION",
    "multi_label_classification, 3, MULTI_LABEL_CLASSIFICATION",
    "regression, 3, REGRESSION"
  })
  void namedTypeIsTaken(String name, int outputs, ProblemType type) {
    assertThat(ProblemType.of(name, outputs)).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({"1, REGRESSION", "2, SINGLE_LABEL_CLASSIFICATION", "9, SINGLE_LABEL_CLASSIFICATION"})
  void withoutANameTheNumberOfOutputsDecides(int outputs, ProblemType type) {
    assertThat(ProblemType.of("", outputs)).isEqualTo(type);
  }
}
