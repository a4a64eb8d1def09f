package io.sparklrp.explain.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EqualRecordsTest {
  private static EncodedText text(long... ids) {
    int tokens = ids.length;
    return new EncodedText(
        ids,
        new long[tokens],
        new String[tokens],
        new int[tokens],
        new int[tokens],
        new int[tokens],
        new int[tokens],
        new boolean[tokens],
        false);
  }

  private static AskedRecord asked(EncodedText text, TargetWeights... targets) {
    return new AskedRecord(text, new RecordTargets(new long[0], List.of(targets)));
  }

  /** Of every kind the first is run, and the others point at it, whatever their order. */
  @Test
  void everyRecordIsTheFirstOfItsKindOrAfterIt() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      List<Integer> kinds = random.ints(50, 0, 12).boxed().toList();
      EqualRecords equal =
          EqualRecords.of(
              kinds.stream()
                  .map(kind -> asked(text(kind % 4, 7), TargetWeights.of(kind / 4)))
                  .toList());
      List<Integer> firsts = new ArrayList<>();
      for (int i = 0; i < kinds.size(); i++) {
        assertThat(equal.first(i)).as("seed %d", seed).isEqualTo(kinds.indexOf(kinds.get(i)));
        if (equal.first(i) == i) {
          firsts.add(i);
        }
      }
      assertThat(equal.different()).as("seed %d", seed).isEqualTo(firsts);
    }
  }

  @Test
  void whatIsAskedTellsEqualTextsApart() {
    EncodedText text = text(1, 2, 3);
    List<AskedRecord> records =
        List.of(
            asked(text, TargetWeights.of(0)),
            asked(text, TargetWeights.contrast(0, 1)),
            asked(text, TargetWeights.of(0), TargetWeights.of(1)),
            new AskedRecord(text, new RecordTargets(new long[] {2}, List.of(TargetWeights.of(0)))),
            new AskedRecord(text, RecordTargets.of(TargetWeights.of(0)), 1f, 0f),
            asked(text(1, 2), TargetWeights.of(0)),
            asked(text(1, 2, 3), TargetWeights.of(0)));
    EqualRecords equal = EqualRecords.of(records);
    assertThat(equal.different()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(equal.first(6)).isZero();
  }

  @Test
  void typesAndSpecialTokensAreRead() {
    EncodedText plain = text(1, 2);
    boolean[] special = {true, false};
    EncodedText other =
        new EncodedText(
            new long[] {1, 2},
            new long[] {0, 1},
            new String[2],
            new int[2],
            new int[2],
            new int[2],
            new int[2],
            new boolean[2],
            false);
    EncodedText marked =
        new EncodedText(
            new long[] {1, 2},
            new long[2],
            new String[2],
            new int[2],
            new int[2],
            new int[2],
            new int[2],
            special,
            false);
    assertThat(EqualRecords.of(List.of(asked(plain), asked(other), asked(marked))).different())
        .hasSize(3);
  }

  @Test
  void noneAreEqualWhereAllAreToBeRun() {
    EqualRecords none = EqualRecords.none(4);
    assertThat(none.different()).containsExactly(0, 1, 2, 3);
    assertThat(IntStream.range(0, 4).map(none::first)).containsExactly(0, 1, 2, 3);
  }
}
