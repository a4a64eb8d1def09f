package io.sparklrp.compile;

import io.sparklrp.error.UserException;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Refuses weights that are NaN or infinite, all of them by name: one makes every result NaN. */
final class FiniteWeights {
  private static final int MOST_NAMES = 10;

  private FiniteWeights() {}

  static void check(Graph graph, String model) {
    List<String> bad = new ArrayList<>();
    graph
        .initializers()
        .forEach(
            (name, tensor) -> {
              if (tensor.type() == DataType.FLOAT32 && !isFinite(tensor)) {
                bad.add(name);
              }
            });
    if (!bad.isEmpty()) {
      List<String> named = bad.subList(0, Math.min(bad.size(), MOST_NAMES));
      String more = bad.size() > MOST_NAMES ? ", ..." : "";
      throw new UserException(
          String.format(
              "Cannot use model %s: %d of its weights are NaN or infinite somewhere: %s%s. Save the model again.",
              model, bad.size(), String.join(", ", named), more));
    }
  }

  /** 0 x is 0 for finite numbers only; the sum of them tells of any other. */
  private static boolean isFinite(Tensor tensor) {
    FloatBuffer values = tensor.data().asFloatBuffer();
    float[] block = new float[8192];
    float sum = 0;
    while (values.hasRemaining()) {
      int count = Math.min(block.length, values.remaining());
      values.get(block, 0, count);
      for (int i = 0; i < count; i++) {
        sum += block[i] * 0f;
      }
    }
    return sum == 0;
  }
}
