package io.sparklrp.spark;

import io.sparklrp.error.JobFailedException;

/** A record failed, and a record's failure is to end the job: a task that tries again fails too. */
public final class FailedRecordException extends JobFailedException {
  private static final long serialVersionUID = 1L;

  FailedRecordException(String message) {
    super(message, null);
  }
}
