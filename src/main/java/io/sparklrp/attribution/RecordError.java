package io.sparklrp.attribution;

import io.sparklrp.error.RecordException;

/**
 * Why a record was not explained.
 *
 * @param kind a short name to group by
 * @param message what is wrong, without the record's text
 */
public record RecordError(String kind, String message) implements Result {
  /** The error of what a record threw. */
  public static RecordError of(RecordException e) {
    return new RecordError(e.kind(), e.getMessage());
  }
}
