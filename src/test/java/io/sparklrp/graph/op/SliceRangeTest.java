package io.sparklrp.graph.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SliceRangeTest {
  /** ONNX's definition, read off: indices cut to the axis, then one step after the other. */
  private static List<Long> kept(long start, long end, long step, long size) {
    List<Long> kept = new ArrayList<>();
    long from = start < 0 ? start + size : start;
    long to = end < 0 ? end + size : end;
    for (long at = step > 0 ? Math.max(0, from) : Math.max(0, Math.min(size - 1, from));
        at >= 0 && at < size && (step > 0 ? at < to : at > to);
        at += step) {
      kept.add(at);
    }
    return kept;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 5, 8})
  void firstAndCountAreOnnxs(long size) {
    for (long start = -10; start <= 10; start++) {
      for (long end = -10; end <= 10; end++) {
        for (long step : new long[] {1, 2, 3, 7, -1, -2, -3, -7}) {
          SliceRange range = new SliceRange(start, end, step);
          List<Long> kept = kept(start, end, step, size);
          assertThat(range.count(size)).as("%s of %d", range, size).isEqualTo(kept.size());
          if (!kept.isEmpty()) {
            assertThat(range.first(size)).as("%s of %d", range, size).isEqualTo(kept.get(0));
          }
        }
      }
    }
  }

  @Test
  void endsOfTheNumbersAreCut() {
    assertThat(new SliceRange(0, Long.MAX_VALUE, 2).count(5)).isEqualTo(3);
    assertThat(new SliceRange(-1, Long.MIN_VALUE, -1).count(5)).isEqualTo(5);
    assertThat(new SliceRange(Long.MAX_VALUE, -Long.MAX_VALUE, -2).count(5)).isEqualTo(3);
  }

  @Test
  void wholeAxesAreKnownWithoutTheirLength() {
    assertThat(new SliceRange(0, Long.MAX_VALUE, 1).isWhole()).isTrue();
    assertThat(new SliceRange(-1, Long.MIN_VALUE, -1).isWhole()).isTrue();
    assertThat(new SliceRange(0, Long.MAX_VALUE, 2).isWhole()).isFalse();
    assertThat(new SliceRange(1, Long.MAX_VALUE, 1).isWhole()).isFalse();
  }

  @Test
  void aStepOfZeroIsRefused() {
    assertThatThrownBy(() -> new SliceRange(0, 1, 0)).hasMessageContaining("step is 0");
  }
}
