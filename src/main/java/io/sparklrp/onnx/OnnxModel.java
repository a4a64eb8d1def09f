package io.sparklrp.onnx;

import io.sparklrp.graph.ModelGraph;
import java.nio.file.Path;
import java.util.List;

/**
 * A model out of an ONNX file.
 *
 * @param graph its forward pass, raised to the operators that rules know
 * @param words name of the rows that {@code input_ids} are looked up in, which tokens replace: the
 *     point of explanation, unless another was named and there is one such lookup
 * @param inputs names of the int64 inputs that it must be fed with, [batch, sequence] each; a point
 *     of explanation that is an input itself is not among them
 * @param files the file itself and those of its external data
 * @param notes what a user should know of how the file was read, a sentence each
 */
public record OnnxModel(
    ModelGraph graph, String words, List<String> inputs, List<Path> files, List<String> notes) {
  /** Copies. */
  public OnnxModel {
    inputs = List.copyOf(inputs);
    files = List.copyOf(files);
    notes = List.copyOf(notes);
  }
}
