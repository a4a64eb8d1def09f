/**
 * What large jobs take: a cost model and a simulation of a cluster whose machines fail, run by
 * {@code scripts/scale}.
 *
 * <p>Inputs are figures with their origin, in {@code docs/scale.json}. What belongs here: the
 * model, the simulation, and their tables. What does not: measuring, and anything the product runs.
 */
package io.sparklrp.bench.scale;
