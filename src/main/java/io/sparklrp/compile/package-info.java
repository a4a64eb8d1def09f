/**
 * Puts the parts together on the driver: checkpoint, forward graph, relevance, ONNX, and what
 * executors run.
 *
 * <p>No Spark here: a checkpoint's directory is local when it arrives.
 */
package io.sparklrp.compile;
