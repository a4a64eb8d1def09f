package io.sparklrp.spark.aggregate;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.spark.LocalSpark;
import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
final class StudentTTest {
  @Test
  void factorsAreThoseOfTheDistribution() {
    List<Row> rows =
        LocalSpark.session()
            .range(2, 200)
            .toDF("n")
            .select(expr("n"), expr(StudentT.ofRecords("n")))
            .collectAsList();
    assertThat(rows).hasSize(198);
    for (Row row : rows) {
      double exact = new TDistribution(row.getLong(0) - 1.0).inverseCumulativeProbability(0.975);
      assertThat(row.getDouble(1)).as("%d records", row.getLong(0)).isCloseTo(exact, within(2e-5));
    }
  }

  @Test
  void oneRecordHasNoInterval() {
    assertThat(first("1L")).isNull();
    assertThat(first("0L")).isNull();
  }

  @Test
  void manyRecordsAreAlmostNormal() {
    assertThat((Double) first("1000000000L")).isCloseTo(StudentT.NORMAL, within(1e-8));
  }

  private static Object first(String records) {
    return LocalSpark.session().range(1).select(expr(StudentT.ofRecords(records))).first().get(0);
  }
}
