package io.sparklrp.forward.block;

import io.sparklrp.graph.Value;

/** LayerNorm over the last axis. */
public final class LayerNorm {
  private LayerNorm() {}

  /** Normalises x [..., size] with the module's weight and bias. */
  public static Value apply(Block block, Value x, long size, double epsilon) {
    Value gamma = block.parameter("weight", size);
    Value beta = block.parameter("bias", size);
    return block.ops().layerNormalization("norm", x, gamma, beta, (float) epsilon);
  }
}
