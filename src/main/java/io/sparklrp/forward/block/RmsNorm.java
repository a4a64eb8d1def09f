package io.sparklrp.forward.block;

import io.sparklrp.graph.Value;

/** RMSNorm over the last axis (Zhang and Sennrich 2019). */
public final class RmsNorm {
  private RmsNorm() {}

  /**
   * Normalises x [..., size].
   *
   * @param offset what is added to the stored weight: 1 for Gemma, 0 otherwise
   */
  public static Value apply(Block block, Value x, long size, double epsilon, float offset) {
    return block.ops().rmsNormalization("norm", x, gamma(block, size, offset), (float) epsilon);
  }

  private static Value gamma(Block block, long size, float offset) {
    if (offset == 0f) {
      return block.parameter("weight", size);
    }
    String name = block.module() + ".weight";
    return block
        .ops()
        .builder()
        .shared(name + "#shifted", block.parameters().shifted(name, offset, size));
  }
}
