package io.sparklrp.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparklrp.error.RecordException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputNamesTest {
  private static final OutputNames NAMES =
      new OutputNames(List.of("negative", "2", "a:b", "a", "a", "True"));

  @ParameterizedTest
  @CsvSource({
    "negative, 0",
    "0, 0",
    "0.0, 0",
    "5.00, 5",
    "a:b, 2",
    "index:2, 2",
    "label:2, 1",
    "index:3, 3",
    "5, 5"
  })
  void recordsLabelIsALabelOrAnIndex(String text, int output) throws RecordException {
    assertThat(NAMES.ofRecord(text)).isEqualTo(output);
  }

  @ParameterizedTest
  @CsvSource({"a, '3, 4'", "label:a, '3, 4'", "2, '1, 2'", "2.0, '2'"})
  void whatTwoOutputsAreCalledIsNone(String text, String outputs) throws RecordException {
    if (outputs.length() == 1) {
      assertThat(NAMES.ofRecord(text)).isEqualTo(Integer.parseInt(outputs));
      return;
    }
    assertThatThrownBy(() -> NAMES.ofRecord(text))
        .hasMessageContainingAll("outputs " + outputs, "index:<n>")
        .isInstanceOfSatisfying(
            RecordException.class, e -> assertThat(e.kind()).isEqualTo("ambiguous-target"));
  }

  /** The text is the record's own, so the message must not show it. */
  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "6", "1.5", "-1", "1e0", "index:6", "99999999999", "true"})
  void recordsUnknownLabelIsAnErrorOfTheRecord(String text) {
    assertThatThrownBy(() -> NAMES.ofRecord(text))
        .hasMessage("The record's target is no label or index of the model.")
        .isInstanceOfSatisfying(
            RecordException.class, e -> assertThat(e.kind()).isEqualTo("unknown-target"));
  }

  @Test
  void truthValueIsTheLabelThatIsIt() throws RecordException {
    assertThat(NAMES.ofRecord(true)).isEqualTo(5);
    assertThatThrownBy(() -> NAMES.ofRecord(false)).hasMessageContaining("no label");
    OutputNames both = new OutputNames(List.of("TRUE", "true"));
    assertThatThrownBy(() -> both.ofRecord(true)).hasMessageContaining("outputs 0, 1");
  }

  /**
   * Whatever the labels are, an output is found by its number and, if it is the only one, label.
   */
  @Test
  void everyOutputHasANameOfItsOwn() throws RecordException {
    long seed = 31;
    Random random = new Random(seed);
    for (int run = 0; run < 200; run++) {
      List<String> labels =
          IntStream.range(0, 1 + random.nextInt(6))
              .mapToObj(i -> List.of("0", "1", "x", "index:0", "label:x").get(random.nextInt(5)))
              .toList();
      OutputNames names = new OutputNames(labels);
      for (int i = 0; i < labels.size(); i++) {
        assertThat(names.find("label:" + labels.get(i)))
            .as("seed %d, %s", seed, labels)
            .contains(i);
        assertThat(names.find(Integer.toString(i))).contains(i);
        if (labels.indexOf("index:" + i) < 0) {
          assertThat(names.ofRecord("index:" + i)).isEqualTo(i);
        }
      }
    }
  }
}
