package io.sparklrp.explain.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.engine.SampleRecords;
import io.sparklrp.engine.TokenizerSettings;
import io.sparklrp.error.RecordException;
import io.sparklrp.record.AllLogits;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.TargetWeights;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers that were worked out by hand. */
class DocumentMergeTest {
  private static final TokenizerSettings SETTINGS =
      new TokenizerSettings(new byte[0], 5, 900, 1, false);

  /** A token of the first text, then a second text of 7 tokens in windows of 4 that share 1. */
  private static EncodedWindows windows() throws RecordException {
    long[] ids = {7, 1, 2, 3, 4, 5, 6, 7};
    return EncodedWindows.of(
        SampleRecords.text(ids, new long[] {0, 1, 1, 1, 1, 1, 1, 1}), 1, SETTINGS);
  }

  private static List<RecordRelevance> found() {
    return List.of(
        SampleRecords.found(
            new float[] {1f, 2f, 0f}, 1, 2f, new float[] {1f, 2f, 3f, 4f, 5f}, 1f, -14f),
        SampleRecords.found(
            new float[] {6f, 1f, 1f}, 0, 1f, new float[] {-1f, -3f, 6f, 7f, 8f}, 0.5f, -16.5f));
  }

  @Test
  void tokensThatWindowsShareAreOne() throws RecordException {
    RecordRelevance mean = new DocumentMerge(windows()).mean(found(), TargetWeights.of(1));
    assertThat(windows().count()).isEqualTo(2);
    assertThat(SampleRecords.relevance(mean)).containsExactly(0, 1, 1.5, 2, 1, 3, 3.5, 4);
    assertThat(SampleRecords.ledger(mean)).containsExactly(0.75, -15.25);
    assertThat(SampleRecords.logits(mean)).containsExactly(3.5, 1.5, 0.5);
    assertThat(mean.predicted()).isZero();
    assertThat(mean.score()).isEqualTo(1.5);
  }

  @Test
  void oneWindowAlone() throws RecordException {
    RecordRelevance alone =
        new DocumentMerge(windows())
            .alone(1, found().get(1), new float[] {9f}, TargetWeights.of(3));
    assertThat(SampleRecords.relevance(alone)).containsExactly(-1, 0, 0, 0, -3, 6, 7, 8);
    assertThat(SampleRecords.ledger(alone)).containsExactly(0.5, -16.5);
    assertThat(SampleRecords.logits(alone)).containsExactly(9);
    assertThat(alone.score()).isEqualTo(1);
  }

  @Test
  void ofEqualOutputsTheFirstIsHighest() {
    assertThat(new AllLogits(1f, 3f, 3f).highest()).isEqualTo(1);
  }
}
