package io.sparklrp.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ExceptionsTest {

  private static final String MESSAGE =
      "Cannot open the model: no config.json. Name its directory.";
  private final IOException cause = new IOException("underneath");

  @Test
  void userExceptionKeepsMessageAndCause() {
    assertThat(new UserException(MESSAGE)).hasMessage(MESSAGE).hasNoCause();
    assertThat(new UserException(MESSAGE, cause)).hasMessage(MESSAGE).hasCause(cause);
  }

  @Test
  void jobFailedExceptionKeepsMessageAndCause() {
    assertThat(new JobFailedException(MESSAGE)).hasMessage(MESSAGE).hasNoCause();
    assertThat(new JobFailedException(MESSAGE, cause)).hasMessage(MESSAGE).hasCause(cause);
  }

  @Test
  void qualityGateExceptionKeepsMessageAndCause() {
    assertThat(new QualityGateException(MESSAGE)).hasMessage(MESSAGE).hasNoCause();
    assertThat(new QualityGateException(MESSAGE, cause)).hasMessage(MESSAGE).hasCause(cause);
  }
}
