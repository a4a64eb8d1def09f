package io.sparklrp.forward.block;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Value;
import java.util.Map;

/** LayerNorm over the last axis. */
public final class LayerNorm {
  private LayerNorm() {}

  /** Normalises x [..., size] with the module's weight and bias. */
  public static Value apply(Block block, Value x, long size, double epsilon) {
    Value gamma = block.parameter("weight", size);
    Value beta = block.parameter("bias", size);
    return block.ops().layerNormalization("norm", x, gamma, beta, (float) epsilon);
  }

  /** Normalises x [..., size] with the module's weight and, if it has one, its bias. */
  public static Value apply(Block block, Value x, long size, double epsilon, boolean biased) {
    if (biased) {
      return apply(block, x, size, epsilon);
    }
    Map<String, Attribute> attributes =
        Map.of("axis", Attribute.of(-1L), "epsilon", Attribute.of((float) epsilon));
    return block
        .ops()
        .op("norm", "LayerNormalization", attributes, x, block.parameter("weight", size));
  }
}
