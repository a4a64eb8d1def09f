package io.sparklrp.graph.op;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code LayerNormalization}, and {@code SimplifiedLayerNormalization}, which shifts nothing. */
final class LayerNormalization extends ShapeKeeping {
  private final int outputs;

  /**
   * A normalisation.
   *
   * @param outputs how many outputs there are with the optional ones
   */
  LayerNormalization(String name, int outputs) {
    super(name, Trait.NORMALISING, Trait.ROW_BY_ROW);
    this.outputs = outputs;
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    Shape shape = in.shape(0);
    Shape statistics = shape;
    for (int axis = axis(in, -1); axis < shape.rank(); axis++) {
      statistics = statistics.with(axis, Dim.of(1));
    }
    ValueType statistic = new ValueType(DataType.FLOAT32, statistics);
    return List.of(new ValueType(in.type(0), shape), statistic, statistic).subList(0, outputs);
  }

  @Override
  public Optional<List<Integer>> slice(OpInputs in, Shape output, int axis) {
    return axis >= axis(in, -1) ? Optional.empty() : Optional.of(onlyFirst(in, axis));
  }

  @Override
  public List<InputAxis> mixedAxes(OpInputs in) {
    return InputAxis.ofFirst(IntStream.range(axis(in, -1), in.shape(0).rank()).boxed().toList());
  }
}
