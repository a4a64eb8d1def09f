package io.sparklrp.forward.block;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisentangledAttentionTest {
  private static DisentangledAttention attention(int farthest, int buckets) {
    return new DisentangledAttention(8, 2, 512, farthest, buckets, true, true, true);
  }

  @ParameterizedTest
  @CsvSource({
    "48, 8, 0, 0, 0",
    "48, 8, 4, 4, 4",
    "48, 8, 5, 9, 5",
    "48, 8, 10, 20, 6",
    "48, 8, 21, 47, 7",
    "512, 256, 1, 1, 1",
    "512, 256, 128, 128, 128",
    "512, 256, 129, 129, 129",
    "512, 256, 200, 200, 169",
    "512, 256, 256, 256, 192",
    "512, 256, 511, 511, 255"
  })
  void distancesShareBucketsLikeThis(int farthest, int buckets, int first, int last, int bucket) {
    DisentangledAttention attention = attention(farthest, buckets);
    for (int distance = first; distance <= last; distance++) {
      assertThat(attention.bucket(distance)).as("distance %d", distance).isEqualTo(bucket);
      assertThat(attention.bucket(-distance)).as("distance -%d", distance).isEqualTo(-bucket);
    }
  }

  /** Hugging Face's {@code make_log_bucket_position}, written out. */
  @ParameterizedTest
  @CsvSource({"512, 256", "48, 8", "1024, 32", "20, 12"})
  void bucketsAreTheFormulas(int farthest, int buckets) {
    DisentangledAttention attention = attention(farthest, buckets);
    int middle = buckets / 2;
    for (int distance = 1 - farthest; distance < farthest; distance++) {
      double away = distance < middle && distance > -middle ? middle - 1.0 : Math.abs(distance);
      double share = Math.log(away / middle) / Math.log((farthest - 1.0) / middle);
      double far = (Math.ceil(share * (middle - 1)) + middle) * Math.signum(distance);
      assertThat((double) attention.bucket(distance))
          .as("distance %d", distance)
          .isEqualTo(away <= middle ? distance : far);
    }
  }

  @Test
  void withoutBucketsEveryDistanceIsItself() {
    DisentangledAttention attention = attention(512, 0);
    assertThat(attention.bucket(-511)).isEqualTo(-511);
    assertThat(attention.bucket(300)).isEqualTo(300);
    assertThat(attention.span()).isEqualTo(512);
    assertThat(attention(512, 256).span()).isEqualTo(256);
  }
}
