package io.sparklrp.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sparklrp.error.UserException;
import java.util.regex.Pattern;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a user is told: {@code Cannot X: Y. Do Z.} in one or two lines. */
public final class UserMessage {
  private static final Pattern FORM =
      Pattern.compile("Cannot \\P{Cntrl}+: \\P{Cntrl}+\\.[ \n][A-Z]\\P{Cntrl}*\\.");

  private UserMessage() {}

  /** Asserts that something is refused in the form, and gives the message for more assertions. */
  public static AbstractStringAssert<?> of(ThrowingCallable refused) {
    return of("refusal", refused);
  }

  /** The same for one of several, which a description tells apart. */
  public static AbstractStringAssert<?> of(String description, ThrowingCallable refused) {
    Throwable thrown = catchThrowable(refused);
    assertThat(thrown).as(description).isExactlyInstanceOf(UserException.class);
    return assertThat(thrown.getMessage()).as(description).matches(FORM);
  }
}
