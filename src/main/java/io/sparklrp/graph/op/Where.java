package io.sparklrp.graph.op;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code Where}: one of two elements, by a third. */
final class Where extends Elementwise {
  Where() {
    super("Where", Trait.AFFINE, Trait.LINEAR);
  }

  @Override
  int leastInputs() {
    return 3;
  }

  @Override
  DataType type(OpInputs in) {
    return in.type(1);
  }

  @Override
  public Optional<List<Optional<Size>>> sizes(OpInputs in, int count) {
    return in.sizes(0)
        .flatMap(all -> SizeVectors.spread(all, count))
        .map(condition -> chosen(condition, values(in, 1, count), values(in, 2, count)));
  }

  private static List<Optional<Size>> values(OpInputs in, int input, int count) {
    return in.sizes(input)
        .flatMap(all -> SizeVectors.spread(all, count))
        .orElseGet(() -> SizeVectors.unknown(count));
  }

  private static List<Optional<Size>> chosen(
      List<Optional<Size>> condition, List<Optional<Size>> a, List<Optional<Size>> b) {
    List<Optional<Size>> chosen = new ArrayList<>();
    for (int i = 0; i < condition.size(); i++) {
      int at = i;
      Optional<Size> test = condition.get(i).filter(Size::isFixed);
      chosen.add(test.flatMap(set -> (set.factor() != 0 ? a : b).get(at)));
    }
    return chosen;
  }

  @Override
  public Optional<double[]> fold(Folding constants) {
    double[] condition = constants.spread(0);
    double[] a = constants.spread(1);
    double[] b = constants.spread(2);
    double[] result = new double[condition.length];
    Arrays.setAll(result, i -> condition[i] != 0 ? a[i] : b[i]);
    return Optional.of(result);
  }
}
