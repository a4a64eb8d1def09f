package io.sparklrp.graph.op;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** An operator that works element by element, with broadcasting. */
abstract class Elementwise extends Operator {
  Elementwise(String name, Trait... traits) {
    super(name, with(Trait.ELEMENTWISE, traits));
  }

  /** Type of the output. */
  DataType type(OpInputs in) {
    return in.type(0);
  }

  /** How many inputs it has at least. */
  int leastInputs() {
    return 1;
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    Shape shape = in.shape(0);
    for (int i = 1; i < Math.max(leastInputs(), in.node().inputs().size()); i++) {
      shape = shape.broadcast(in.shape(i));
    }
    return List.of(new ValueType(type(in), shape));
  }

  @Override
  public final Optional<List<Integer>> slice(OpInputs in, Shape output, int axis) {
    return Optional.of(
        IntStream.range(0, in.node().inputs().size())
            .mapToObj(input -> sliced(in.shape(input), output, axis))
            .toList());
  }

  private static Integer sliced(Shape input, Shape output, int axis) {
    int own = axis - (output.rank() - input.rank());
    return own < 0 || input.dim(own).isOne() ? WHOLE : own;
  }
}
