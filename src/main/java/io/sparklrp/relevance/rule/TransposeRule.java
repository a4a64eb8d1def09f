package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import java.util.ArrayList;
import java.util.List;

/** Transpose: the gradient's axes go back. */
public final class TransposeRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    List<Long> perm = node.integers("perm", reversed(backward.output(node).rank()));
    List<Long> inverse = new ArrayList<>(perm);
    for (int axis = 0; axis < perm.size(); axis++) {
      inverse.set(perm.get(axis).intValue(), (long) axis);
    }
    backward.toInput(
        node, 0, backward.ops(node).transpose("back", backward.gradient(node), inverse));
  }

  private static List<Long> reversed(int rank) {
    List<Long> axes = new ArrayList<>();
    for (long axis = rank - 1L; axis >= 0; axis--) {
      axes.add(axis);
    }
    return axes;
  }
}
