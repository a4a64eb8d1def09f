package io.sparklrp.attribution;

/**
 * The record has nothing to explain, such as a text without entities.
 *
 * @param truncated whether text was cut
 */
public record NothingExplained(boolean truncated) implements Result {}
