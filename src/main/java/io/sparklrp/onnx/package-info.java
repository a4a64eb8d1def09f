/**
 * ONNX files: the only package that sees protobuf. It knows graphs, and nothing of what they
 * compute.
 */
package io.sparklrp.onnx;
