package io.sparklrp.graph.op;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Shape;
import java.util.List;
import java.util.Optional;

/** ONNX Runtime's {@code RotaryEmbedding}: turns each token's heads by its position. */
final class RotaryEmbedding extends ShapeKeeping {
  RotaryEmbedding() {
    super(Node.MICROSOFT + ".RotaryEmbedding", Trait.LINEAR, Trait.ROW_BY_ROW, Trait.SUMMING);
  }

  @Override
  public Optional<List<Integer>> slice(OpInputs in, Shape output, int axis) {
    return axis == 1 ? Optional.of(List.of(1, 1, WHOLE, WHOLE)) : Optional.empty();
  }
}
