package io.sparklrp.attribution;

/**
 * Why a record was not explained.
 *
 * @param kind a short name to group by
 * @param message what is wrong, without the record's text
 */
public record RecordError(String kind, String message) {}
