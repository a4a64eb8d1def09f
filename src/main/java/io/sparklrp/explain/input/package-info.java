/**
 * The kinds of input: one class each knows how its records are read, encoded, measured, run and
 * tried. A new kind is a class here and its line in {@link io.sparklrp.explain.input.InputKind}.
 */
package io.sparklrp.explain.input;
