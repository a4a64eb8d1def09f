package io.sparklrp.explain.run;

import io.sparklrp.error.RecordException;
import java.util.Optional;
import java.util.function.Function;

/**
 * What became of a record: a value, or why there is none.
 *
 * @param <T> what there is
 */
public final class Outcome<T> {
  private final T value;
  private final RecordException failure;

  private Outcome(T value, RecordException failure) {
    this.value = value;
    this.failure = failure;
  }

  /** What was found. */
  public static <T> Outcome<T> of(T value) {
    return new Outcome<>(value, null);
  }

  /** There is nothing. */
  public static <T> Outcome<T> failed(RecordException failure) {
    return new Outcome<>(null, failure);
  }

  /**
   * What was found.
   *
   * @throws IllegalStateException if there is a failure instead
   */
  public T value() {
    if (failure != null) {
      throw new IllegalStateException("The record failed.", failure);
    }
    return value;
  }

  /** Why there is nothing; empty where there is something. */
  public Optional<RecordException> failure() {
    return Optional.ofNullable(failure);
  }

  /** The same of what is made of the value. */
  public <R> Outcome<R> map(Function<T, R> made) {
    return failure == null ? of(made.apply(value)) : failed(failure);
  }
}
