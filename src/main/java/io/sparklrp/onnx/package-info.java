/**
 * ONNX files: the only package that sees protobuf. It writes graphs, and reads files of other
 * exporters and optimisers into the operators that a graph has; of what they compute it knows only
 * where the words come in and which part of the model a constant belongs to.
 *
 * <p>Nothing of a file is executed, sizes are checked before anything is allocated, and no other
 * file than those in the model's own directory is read.
 */
package io.sparklrp.onnx;
