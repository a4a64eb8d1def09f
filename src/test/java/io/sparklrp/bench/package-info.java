/**
 * Measurements of the engine, run by {@code scripts/bench} and never by a test.
 *
 * <p>Ratios are paired: all variants take turns on the same batch, so that a busy machine slows all
 * of them, which JMH's blocks of one variant at a time would not give. What belongs here: timing
 * and its report. What does not: anything the product runs.
 */
package io.sparklrp.bench;
