/**
 * The engine: tokenising, batching and running compiled graphs on the Deep Java Library with ONNX
 * Runtime. Bytes in, arrays out; the only package that sees DJL.
 *
 * <p>One model per JVM and content, shared by all threads, with one intra-op thread: parallel work
 * comes from tasks.
 */
package io.sparklrp.engine;
