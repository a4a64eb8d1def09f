package io.sparklrp.forward.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two records of six and of three tokens: which keys each query sees. */
class AttentionMaskTest {
  private static final int LENGTH = 6;
  private static final int[] REAL = {6, 3};

  private final GraphBuilder builder = new GraphBuilder("t");
  private final Ops ops = new Ops(builder, "t", "mask");
  private final Value mask =
      builder.input("mask", DataType.INT64, Shape.of(Dim.symbol("batch"), Dim.symbol("sequence")));

  /** Whether a query sees a key, apart from padding. */
  @FunctionalInterface
  private interface Sight {
    boolean sees(int query, int key);
  }

  private void assertMask(Value added, String shape, Sight sight) {
    assertThat(added.shape().toString()).isEqualTo(shape);
    DoubleTensor real = DoubleTensor.zeros(2, LENGTH);
    for (int i = 0; i < real.data().length; i++) {
      real.data()[i] = i % LENGTH < REAL[i / LENGTH] ? 1 : 0;
    }
    DoubleTensor found =
        Interpreter.run(builder.build(List.of(added)), Map.of("mask", real)).get(added.name());
    boolean isByQuery = found.shape()[2] > 1;
    for (int b = 0; b < 2; b++) {
      for (int query = 0; query < LENGTH; query++) {
        for (int key = 0; key < LENGTH; key++) {
          boolean seen = key < REAL[b] && sight.sees(query, key);
          assertThat(found.at(b, 0, isByQuery ? query : 0, key))
              .as("record %d, query %d, key %d", b, query, key)
              .isEqualTo(seen ? 0.0 : -Float.MAX_VALUE);
        }
      }
    }
  }

  @Test
  void onlyPaddingIsHiddenFromEncoders() {
    assertMask(AttentionMask.apply(ops, mask), "[batch, 1, 1, sequence]", (query, key) -> true);
  }

  @Test
  void decodersDoNotSeeWhatComesAfter() {
    assertMask(
        AttentionMask.causal(ops, mask, 0),
        "[batch, 1, sequence, sequence]",
        (query, key) -> key <= query);
  }

  /** The query's own place counts, as in Hugging Face's {@code sliding_window_overlay}. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 6, 99})
  void decodersWithAWindowSeeAsManyKeys(int window) {
    assertMask(
        AttentionMask.causal(ops, mask, window),
        "[batch, 1, sequence, sequence]",
        (query, key) -> key <= query && query - key < window);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 99})
  void localAttentionSeesBothSides(int farthest) {
    assertMask(
        AttentionMask.local(ops, mask, farthest),
        "[batch, 1, sequence, sequence]",
        (query, key) -> Math.abs(query - key) <= farthest);
  }
}
