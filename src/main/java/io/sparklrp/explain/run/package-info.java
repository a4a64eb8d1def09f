/**
 * Packs encoded records and what is asked of them into batches, runs these on the engine, and gives
 * each record what is its own.
 */
package io.sparklrp.explain.run;
