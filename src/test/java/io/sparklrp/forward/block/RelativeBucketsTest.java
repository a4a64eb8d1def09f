package io.sparklrp.forward.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelativeBucketsTest {
  /** T5's and MPNet's: from 8 on, a bucket ends where the distance has grown by the root of 2. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1, 1, 1",
    "5, 5, 5",
    "7, 7, 7",
    "8, 11, 8",
    "12, 15, 9",
    "16, 22, 10",
    "23, 31, 11",
    "32, 45, 12",
    "46, 63, 13",
    "64, 90, 14",
    "91, 127, 15",
    "128, 5000, 15"
  })
  void distancesShareBucketsLikeThis(int first, int last, int bucket) {
    RelativeBuckets buckets = new RelativeBuckets(32, 128);
    for (int distance = first; distance <= last; distance++) {
      assertThat(buckets.bucket(-distance)).as("key %d before", distance).isEqualTo(bucket);
      if (distance > 0) {
        assertThat(buckets.bucket(distance)).as("key %d behind", distance).isEqualTo(bucket + 16);
      }
    }
  }

  /** Hugging Face's {@code _relative_position_bucket}, both directions, in exact arithmetic. */
  @ParameterizedTest
  @CsvSource({"32, 128", "8, 16", "4, 20", "64, 256", "12, 50"})
  void bucketsAreTheFormulas(int count, int farthest) {
    RelativeBuckets buckets = new RelativeBuckets(count, farthest);
    int half = count / 2;
    int exact = half / 2;
    for (int distance = -3 * farthest; distance <= 3 * farthest; distance++) {
      int away = Math.abs(distance);
      double far = Math.log((double) away / exact) / Math.log((double) farthest / exact);
      int bucket =
          away < exact
              ? away
              : Math.min(half - 1, exact + (int) Math.floor(far * (half - exact) + 1e-9));
      assertThat(buckets.bucket(distance))
          .as("distance %d", distance)
          .isEqualTo(bucket + (distance > 0 ? half : 0));
    }
  }

  /** One number for each bucket and head, at the bucket of the key's distance from the query. */
  @Test
  void biasIsTheBucketsNumberOfEachHead() {
    RelativeBuckets buckets = new RelativeBuckets(8, 5);
    int length = 12;
    GraphBuilder builder = new GraphBuilder("t");
    Ops ops = new Ops(builder, "t", "position");
    Value tokens =
        builder.input(
            "tokens", DataType.INT64, Shape.of(Dim.symbol("batch"), Dim.symbol("sequence")));
    float[] table = new float[8 * 2];
    for (int i = 0; i < table.length; i++) {
      table[i] = i % 2 * 100 + i / 2;
    }
    Value bias =
        buckets.bias(
            ops, tokens, builder.initializer("table", Tensor.floats(new long[] {8, 2}, table)));
    DoubleTensor found =
        Interpreter.run(
                builder.build(List.of(bias)), Map.of("tokens", DoubleTensor.zeros(3, length)))
            .get(bias.name());
    assertThat(found.shape()).containsExactly(1, 2, length, length);
    for (int query = 0; query < length; query++) {
      for (int key = 0; key < length; key++) {
        int bucket = buckets.bucket(key - query);
        assertThat(found.at(0, 0, query, key)).isEqualTo(bucket);
        assertThat(found.at(0, 1, query, key)).isEqualTo(100 + bucket);
      }
    }
  }
}
