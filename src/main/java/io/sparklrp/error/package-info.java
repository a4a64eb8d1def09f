/**
 * The ways in which a run can end without success, one exception class for each exit code of the
 * command line.
 *
 * <p>What belongs here: the exceptions that any package may throw at a user, and what helps to word
 * them. What does not: exit codes themselves and the printing of messages, which are the business
 * of {@code cli}, and errors of a single record, which never stop a job and are columns of its
 * output.
 *
 * <p>A message reads {@code Cannot X: Y. Do Z.} (what could not be done, why, and what to do), in
 * one or two lines. This package imports nothing of ours.
 */
package io.sparklrp.error;
