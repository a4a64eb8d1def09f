package io.sparklrp.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparklrp.error.RecordException;
import io.sparklrp.oracle.UserMessage;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  private static final List<String> LABELS = List.of("negative", "2", "a:b", "a", "b:c", "c", "ü");

  private static Target parse(String text) {
    return Target.parse(text, LABELS);
  }

  @Test
  void predictedIsThePrediction() {
    assertThat(parse("predicted")).isEqualTo(new Target.Predicted());
  }

  @ParameterizedTest
  @CsvSource({"negative, 0", "a:b, 2", "ü, 6", "0, 0", "1, 1", "6, 6", "006, 6"})
  void labelOrIndexIsOneOutput(String text, int index) {
    assertThat(parse(text)).isEqualTo(new Target.Fixed(index, Target.NONE));
  }

  @Test
  void labelThatIsANumberWinsOverTheIndex() {
    assertThat(parse("2")).isEqualTo(new Target.Fixed(1, Target.NONE));
  }

  @Test
  void everyLabelIsFoundByItself() {
    for (int i = 0; i < LABELS.size(); i++) {
      assertThat(parse(LABELS.get(i))).isEqualTo(new Target.Fixed(i, Target.NONE));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "contrast:negative:c, 0, 5",
    "contrast:c:negative, 5, 0",
    "contrast:0:6, 0, 6",
    "contrast:2:0, 1, 0",
    // a:b against c, though a against b:c would be two labels as well: the first colon that fits
    "contrast:a:b:c, 3, 4",
    "contrast:a:b:a, 2, 3",
    "contrast:negative:b:c, 0, 4",
    "contrast:b:c:a:b, 4, 2"
  })
  void contrastIsOneOutputAgainstAnother(String text, int index, int against) {
    assertThat(parse(text)).isEqualTo(new Target.Fixed(index, against));
  }

  @Test
  void columnKeepsItsNameAsItIs() {
    assertThat(parse("column:gold")).isEqualTo(new Target.Column("gold"));
    assertThat(parse("column:a:b c")).isEqualTo(new Target.Column("a:b c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "positive",
        "Negative",
        "7",
        "-1",
        "+1",
        "1.0",
        "٣",
        "99999999999999999999",
        "4294967296",
        "column:",
        "contrast:",
        "contrast:a",
        "contrast:a:",
        "contrast::a",
        "contrast:a:positive",
        "contrast:7:a",
        "contrast:a:b:c:d"
      })
  void unknownTargetsAreRefusedWithWhatThereIs(String text) {
    UserMessage.of(() -> parse(text))
        .contains("'" + text + "'")
        .contains(LABELS)
        .contains("an index below 7");
  }

  @Test
  void messageOfAModelOfManyLabelsStaysShort() {
    List<String> many = Collections.nCopies(30_000, "label");
    UserMessage.of(() -> Target.parse("none", many))
        .contains("label, ...", "an index below 30000")
        .hasSizeLessThan(400);
  }

  @Test
  void recordsLabelIsALabelOrAnIndex() throws RecordException {
    assertThat(Target.ofRecord("c", LABELS)).isEqualTo(5);
    assertThat(Target.ofRecord("2", LABELS)).isEqualTo(1);
    assertThat(Target.ofRecord("3", LABELS)).isEqualTo(3);
  }

  /** The text is the record's own, so the message must not show it. */
  @Test
  void recordsUnknownLabelIsAnErrorOfTheRecord() {
    for (String text : new String[] {null, "", "secret", "7"}) {
      assertThatThrownBy(() -> Target.ofRecord(text, LABELS))
          .isInstanceOfSatisfying(
              RecordException.class, e -> assertThat(e.kind()).isEqualTo("unknown-target"))
          .hasMessageNotContaining("secret");
    }
  }
}
