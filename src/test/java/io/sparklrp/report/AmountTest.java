package io.sparklrp.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as people read them. */
class AmountTest {
  @ParameterizedTest
  @CsvSource({
    "1.234, +1.23",
    "-0.5, −0.50",
    "0, +0.00",
    "0.0004, +4e−04",
    "123456.7, +1e+05",
    "-2e-9, −2e−09"
  })
  void amountsHaveASign(double amount, String written) {
    assertThat(Amount.signed(amount)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 50.0 %", "1, 100.0 %", "0.00049, 0.0 %"})
  void sharesAreInPercent(double share, String written) {
    assertThat(Amount.percent(share)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({"0.451, +45.1 %", "-0.007, −0.7 %", "0, +0.0 %"})
  void differencesOfSharesHaveASign(double difference, String written) {
    assertThat(Amount.signedPercent(difference)).isEqualTo(written);
  }
}
