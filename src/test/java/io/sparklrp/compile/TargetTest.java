package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.model.Target;
import io.sparklrp.model.Task;
import io.sparklrp.oracle.UserMessage;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  private static final List<String> LABELS = List.of("negative", "2", "a:b", "a", "b:c", "c", "ü");

  private static Target parse(String text) {
    return parse(text, LABELS);
  }

  private static Target parse(String text, List<String> labels) {
    return new TargetParser(Task.SEQUENCE_CLASSIFICATION, labels, 0, word -> OptionalInt.empty())
        .parse(List.of(text));
  }

  @Test
  void predictedIsThePrediction() {
    assertThat(parse("predicted")).isEqualTo(new Target.Predicted());
  }

  @ParameterizedTest
  @CsvSource({
    "negative, 0",
    "a:b, 2",
    "ü, 6",
    "0, 0",
    "1, 1",
    "6, 6",
    "006, 6",
    "4.0, 4",
    "label:2, 1",
    "index:2, 2",
    "label:a:b, 2",
    "index:6, 6"
  })
  void labelOrIndexIsOneOutput(String text, int index) {
    assertThat(parse(text)).isEqualTo(new Target.Fixed(index, Target.NONE));
  }

  /** Label 2 is that of output 1. */
  @Test
  void labelThatIsAnotherOutputsNumberIsRefusedWithBoth() {
    UserMessage.of(() -> parse("2")).contains("'2'", "outputs 1, 2", "label:<label> or index:<n>");
    assertThat(parse("1", List.of("0", "1", "2"))).isEqualTo(new Target.Fixed(1, Target.NONE));
  }

  @Test
  void labelOfTwoOutputsIsRefusedWithBoth() {
    List<String> labels = List.of("yes", "no", "yes", "1");
    for (String text : List.of("yes", "label:yes")) {
      UserMessage.of(() -> parse(text, labels)).contains("'" + text + "'", "outputs 0, 2");
    }
    assertThat(parse("no", labels)).isEqualTo(new Target.Fixed(1, Target.NONE));
    assertThat(parse("index:2", labels)).isEqualTo(new Target.Fixed(2, Target.NONE));
    UserMessage.of(() -> parse("contrast:no:yes", labels)).contains("in 2 ways");
    assertThat(parse("contrast:no:index:2", labels)).isEqualTo(new Target.Fixed(1, 2));
    UserMessage.of(() -> parse("1", labels)).contains("outputs 1, 3");
    assertThat(parse("label:1", labels)).isEqualTo(new Target.Fixed(3, Target.NONE));
  }

  @Test
  void everyLabelIsFoundByItself() {
    for (int i = 0; i < LABELS.size(); i++) {
      assertThat(parse("label:" + LABELS.get(i))).isEqualTo(new Target.Fixed(i, Target.NONE));
      assertThat(parse("index:" + i)).isEqualTo(new Target.Fixed(i, Target.NONE));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "contrast:negative:c, 0, 5",
    "contrast:c:negative, 5, 0",
    "contrast:0:6, 0, 6",
    "contrast:label:2:0, 1, 0",
    "contrast:index:2:index:0, 2, 0",
    "contrast:a:b:a, 2, 3",
    "contrast:negative:b:c, 0, 4",
    "contrast:b:c:a:b, 4, 2"
  })
  void contrastIsOneOutputAgainstAnother(String text, int index, int against) {
    assertThat(parse(text)).isEqualTo(new Target.Fixed(index, against));
  }

  /** Output a:b against c, or a against b:c. */
  @Test
  void contrastOfTwoReadingsIsRefused() {
    UserMessage.of(() -> parse("contrast:a:b:c")).contains("'contrast:a:b:c'", "in 2 ways");
    assertThat(parse("contrast:index:2:c")).isEqualTo(new Target.Fixed(2, 5));
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
        "1.5",
        "index:7",
        "index:a",
        "label:0",
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
    UserMessage.of(() -> parse("none", many))
        .contains("label, ...", "an index below 30000")
        .hasSizeLessThan(400);
  }
}
