package io.sparklrp.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.oracle.SyntheticCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which token of a record the classifiers of decoders read. */
class LastTokenTest {
  @TempDir Path directory;

  private Checkpoint model(String fixture, String padding) throws IOException {
    return SyntheticCheckpoint.of(fixture, 5).set("pad_token_id", padding).write(directory);
  }

  private static double[] logits(Checkpoint model, long... ids) {
    return Forward.outputs(model, ids).data();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2-seqcls", "qwen2-seqcls"})
  void lastTokenThatIsNotPaddingIsRead(String fixture) throws IOException {
    Checkpoint model = model(fixture, "9");
    double[] logits = logits(model, 3, 17, 5);
    assertThat(logits(model, 3, 17, 5, 9, 9)).containsExactly(logits);
    assertThat(logits(model, 3, 17, 5, 4, 9)).isNotEqualTo(logits);
    assertThat(logits(model, 3, 17, 6)).isNotEqualTo(logits);
    assertThat(logits(model, 9, 17, 5)).as("the first matters too").isNotEqualTo(logits);
  }

  /** Old checkpoints say -1 for none. */
  @ParameterizedTest
  @CsvSource({"gpt2-seqcls, null", "qwen2-seqcls, null", "gpt2-seqcls, -1", "qwen2-seqcls, -1"})
  void withoutAPaddingTokenTheLastOneIsRead(String fixture, String padding) throws IOException {
    Checkpoint model = model(fixture, padding);
    double[] logits = logits(model, 3, 17, 5, 9, 0);
    assertThat(logits(model, 3, 17, 5, 9, 1)).isNotEqualTo(logits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2-seqcls", "qwen2-seqcls"})
  void ofNothingButPaddingTheFirstIsRead(String fixture) throws IOException {
    Checkpoint model = model(fixture, "9");
    assertThat(logits(model, 9, 9, 9)).containsExactly(logits(model, 9));
  }
}
