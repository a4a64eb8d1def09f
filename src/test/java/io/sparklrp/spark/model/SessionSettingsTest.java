package io.sparklrp.spark.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.explain.SampleSpec;
import io.sparklrp.oracle.UserMessage;
import io.sparklrp.spark.LocalSpark;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Settings of Spark that are the product's: what holds unless they are given, and what they take.
 */
@ExtendWith(LocalSpark.class)
class SessionSettingsTest {
  private final SparkSession session = LocalSpark.session();

  @AfterEach
  void unset() {
    session.conf().unset(MemoryPlan.EQUAL_TEXTS_ONCE);
  }

  private boolean isEqualOnce() {
    return MemoryPlan.told(session, SampleSpec.demo("predicted"), Optional.empty(), 512, 10)
        .batches()
        .isEqualOnce();
  }

  @Test
  void equalTextsAreRunOnceUnlessItIsSetOtherwise() {
    assertThat(isEqualOnce()).isTrue();
    session.conf().set(MemoryPlan.EQUAL_TEXTS_ONCE, "False");
    assertThat(isEqualOnce()).isFalse();
    session.conf().set(MemoryPlan.EQUAL_TEXTS_ONCE, "true");
    assertThat(isEqualOnce()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "0"})
  void whatIsNeitherTrueNorFalseIsRefused(String written) {
    session.conf().set(MemoryPlan.EQUAL_TEXTS_ONCE, written);
    UserMessage.of(this::isEqualOnce)
        .contains("spark.sparklrp.equalTextsOnce=" + written, "true", "false");
  }

  @Test
  void aModelAbove64MebibytesIsSentInPieces() {
    assertThat(PreparedModel.mostInMemory(new SparkConf(false))).isEqualTo(64L << 20);
  }

  @ParameterizedTest
  @CsvSource({"1m, 1048576", "5, 5", "2g, 2147483648"})
  void orAboveWhatIsSet(String written, long bytes) {
    SparkConf conf = new SparkConf(false).set(PreparedModel.BROADCAST_LIMIT, written);
    assertThat(PreparedModel.mostInMemory(conf)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"much", "1.5g", "-"})
  void whatIsNoSizeIsRefused(String written) {
    SparkConf conf = new SparkConf(false).set(PreparedModel.BROADCAST_LIMIT, written);
    UserMessage.of(() -> PreparedModel.mostInMemory(conf))
        .contains("spark.sparklrp.broadcastLimit=" + written, "64m");
  }
}
