package io.sparklrp.spark.output;

/**
 * A condition that a run was held against, as its manifest says.
 *
 * @param name what was measured
 * @param value what was found
 * @param bound what is borne; empty where anything is
 * @param passed whether it held
 */
public record HeldGate(String name, String value, String bound, boolean passed) {}
