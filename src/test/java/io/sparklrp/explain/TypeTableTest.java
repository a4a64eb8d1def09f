package io.sparklrp.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparklrp.engine.SampleRecords;
import io.sparklrp.error.RecordException;
import org.junit.jupiter.api.Test;

class TypeTableTest {

  @Test
  void typeBeyondTheTableIsAnErrorOfTheRecord() throws RecordException {
    new TypeTable(1).check(SampleRecords.text(5, 6));
    assertThatThrownBy(() -> new TypeTable(0).check(SampleRecords.text(5, 6)))
        .hasMessage("Token type 0 is beyond the 0 rows that the model has for token types.")
        .isInstanceOfSatisfying(
            RecordException.class, e -> assertThat(e.kind()).isEqualTo("token-type"));
  }
}
