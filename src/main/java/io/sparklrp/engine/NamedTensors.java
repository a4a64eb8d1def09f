package io.sparklrp.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** The tensors that a compiled graph gave, by name. */
final class NamedTensors {
  private final NDList tensors;

  NamedTensors(NDList tensors) {
    this.tensors = tensors;
  }

  boolean has(String name) {
    return tensors.stream().anyMatch(array -> name.equals(array.getName()));
  }

  NDArray get(String name) {
    return tensors.stream()
        .filter(array -> name.equals(array.getName()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("The compiled graph has no output " + name + "."));
  }

  float[] floats(String name) {
    return get(name).toFloatArray();
  }

  long[] longs(String name) {
    return get(name).toLongArray();
  }
}
