package io.sparklrp.graph.pass;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of an axis: a range that is the same for all records, or rows that each record
 * names.
 */
sealed interface Selection {
  /** From one index to before another; both name constants. */
  record Range(String starts, String ends) implements Selection {
    @Override
    public Value apply(Ops ops, Value value, int axis) {
      GraphBuilder builder = ops.builder();
      return ops.slice("sliced", value, axis, builder.value(starts), builder.value(ends));
    }
  }

  /**
   * Rows by a matrix of zeros and ones, float [batch, kept, sequence]: a product with it keeps
   * them, for values with a batch axis and for those without.
   */
  record Rows(String oneHot) implements Selection {
    private static final int RANK = 3;

    @Override
    public Value apply(Ops ops, Value value, int axis) {
      if (value.type() != DataType.FLOAT32) {
        Value selected = apply(ops, ops.cast("as_float", value, DataType.FLOAT32), axis);
        return ops.cast("as_before", selected, value.type());
      }
      if (axis == value.rank() - 1) {
        Value column = ops.unsqueeze("column", value, value.rank());
        return ops.op(
            "row", "Squeeze", Map.of(), apply(ops, column, axis), ops.longs(value.rank()));
      }
      if (axis != value.rank() - 2) {
        List<Long> swap = swapped(value.rank(), axis, value.rank() - 2);
        Value moved = ops.transpose("moved", value, swap);
        return ops.transpose("moved_back", apply(ops, moved, value.rank() - 2), swap);
      }
      return ops.matMul("selected", rows(ops, value.rank()), value);
    }

    private static List<Long> swapped(int rank, int a, int b) {
      List<Long> axes = new ArrayList<>();
      for (int axis = 0; axis < rank; axis++) {
        axes.add((long) (axis == a ? b : axis == b ? a : axis));
      }
      return axes;
    }

    /** The matrix with axes of 1 between batch and rows for values of a higher rank. */
    private Value rows(Ops ops, int rank) {
      Value rows = ops.builder().value(oneHot);
      if (rank <= RANK) {
        return rows;
      }
      long[] axes = new long[rank - RANK];
      for (int i = 0; i < axes.length; i++) {
        axes[i] = i + 1L;
      }
      return ops.unsqueeze("by_head", rows, axes);
    }

    @Override
    public Optional<String> matrix() {
      return Optional.of(oneHot);
    }

    @Override
    public boolean fits(Node node, int inputRank, int outputRank) {
      boolean splits = node.op().equals("Reshape") && inputRank >= RANK;
      return inputRank >= RANK - 1 && (inputRank == outputRank || outputRank == RANK || splits);
    }
  }

  /** Name of a value that the selection reads and that is not a constant. */
  default Optional<String> matrix() {
    return Optional.empty();
  }

  /** Writes the selection of a value's axis. */
  Value apply(Ops ops, Value value, int axis);

  /**
   * Whether an input of a rank can be selected for a node's output of a rank: rows that records
   * name give the input a batch axis, which must come out at its place. A Reshape leaves the axes
   * before the selected one alone.
   */
  default boolean fits(Node node, int inputRank, int outputRank) {
    return true;
  }

  /** Which axis of which input a node selects, and how. */
  record Cut(int input, int axis, Selection kept) {}

  /** What a node does if it is such a selection and no more. */
  static Optional<Cut> of(Graph graph, Node node) {
    return switch (node.op()) {
      case "Slice" -> range(graph, node);
      case "MatMul" -> rows(graph, node);
      default -> Optional.empty();
    };
  }

  private static Optional<Cut> range(Graph graph, Node node) {
    boolean plain =
        node.inputs().size() == 4
            && graph.constant(node.input(1)).isPresent()
            && graph.constant(node.input(2)).isPresent();
    long[] axes = graph.constant(node.input(3)).map(Tensor::toLongs).orElse(new long[0]);
    if (!plain || axes.length != 1) {
      return Optional.empty();
    }
    int axis = graph.value(node.input(0)).shape().axis(axes[0]);
    return Optional.of(new Cut(0, axis, new Range(node.input(1), node.input(2))));
  }

  private static Optional<Cut> rows(Graph graph, Node node) {
    boolean isOneHot =
        graph.producer(node.input(0)).filter(maker -> maker.op().equals("OneHot")).isPresent();
    return isOneHot && graph.value(node.input(1)).rank() == Rows.RANK
        ? Optional.of(new Cut(1, 1, new Rows(node.input(0))))
        : Optional.empty();
  }
}
