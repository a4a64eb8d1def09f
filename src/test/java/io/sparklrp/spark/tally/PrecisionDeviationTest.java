package io.sparklrp.spark.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.spark.LocalSpark;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class PrecisionDeviationTest {
  private static final StructType COLUMNS =
      StructType.fromDDL(
          "record LONG, class INT, target STRING, relevance ARRAY<FLOAT>, residual DOUBLE");

  /** As they come from Spark. */
  private static PrecisionDeviation of(List<Row> full, List<Row> reduced) {
    return PrecisionDeviation.of(collected(full), collected(reduced));
  }

  private static List<Row> collected(List<Row> rows) {
    return LocalSpark.session().createDataFrame(rows, COLUMNS).coalesce(1).collectAsList();
  }

  private static Row row(long record, int index, Double residual, Float... relevance) {
    Object tokens = relevance.length == 0 ? null : relevance;
    return RowFactory.create(record, index, "label", tokens, residual);
  }

  @Test
  void equalResultsDoNotDeviate() {
    List<Row> rows = List.of(row(0, 1, 0.0, 1f, -2f, 0.5f), row(1, 0, 0.0, 3f, 1f));
    PrecisionDeviation found = of(rows, rows);
    assertThat(found.records()).isEqualTo(2);
    assertThat(found.sameClass()).isEqualTo(1);
    assertThat(found.lowestCorrelation()).isCloseTo(1, within(1e-12));
    assertThat(found.largestDifference()).isZero();
    assertThat(found.residual()).isZero();
    assertThat(found.isWithin(1e-12)).isTrue();
  }

  @Test
  void differencesAreSharesOfTheRelevance() {
    PrecisionDeviation found =
        of(
            List.of(row(0, 1, 0.0, 1f, -3f), row(1, 1, 0.0, 2f, 2f)),
            List.of(row(0, 1, 0.01, 1.2f, -3.2f), row(1, 1, 0.03, 2f, 2f)));
    assertThat(found.difference()).isCloseTo(0.05, within(1e-6));
    assertThat(found.largestDifference()).isCloseTo(0.1, within(1e-6));
    assertThat(found.residual()).isEqualTo(0.03);
    assertThat(found.correlation()).isCloseTo(1, within(1e-6));
    assertThat(found.isWithin(0.11)).isTrue();
    assertThat(found.isWithin(0.09)).isFalse();
  }

  @Test
  void anOtherClassAnOtherErrorAndAnOtherNumberOfTargetsAreNotTheSame() {
    List<Row> full =
        List.of(
            row(0, 1, 0.0, 1f),
            row(1, 1, 0.0, 1f),
            row(2, 1, 0.0, 1f),
            row(2, 1, 0.0, 1f),
            row(3, 1, 0.0, 1f));
    List<Row> reduced =
        List.of(row(0, 0, 0.0, 1f), row(1, 1, null), row(2, 1, 0.0, 1f), row(3, 1, 0.0, 1f));
    PrecisionDeviation found = of(full, reduced);
    assertThat(found.sameClass()).isEqualTo(0.2);
    assertThat(found.records()).isEqualTo(1);
    assertThat(found.isWithin(0.5)).isFalse();
  }

  @Test
  void relevanceThatIsNoNumberIsNotWithinAnyBound() {
    PrecisionDeviation found =
        of(List.of(row(0, 1, 0.0, 1f, 2f)), List.of(row(0, 1, 0.0, Float.NaN, 2f)));
    assertThat(found.isWithin(1e9)).isFalse();
  }

  @Test
  void relevanceWhereThereWasNoneIsNotWithinAnyBound() {
    List<Row> none = List.of(row(0, 1, 0.0, 0f, 0f));
    assertThat(of(none, List.of(row(0, 1, 0.0, 0f, 0.5f))).isWithin(1e9)).isFalse();
    assertThat(of(none, none).isWithin(1e-12)).isTrue();
  }

  @Test
  void nothingToCompareDeviatesByNothing() {
    assertThat(of(List.of(), List.of()).isWithin(0.1)).isTrue();
  }
}
