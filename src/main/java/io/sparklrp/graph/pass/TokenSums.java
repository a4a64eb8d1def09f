package io.sparklrp.graph.pass;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums over a record's tokens as products by ones. The engine's {@code ReduceSum} over rows is
 * twenty times as slow where a batch has one record, which is what long records come in; of several
 * records it is as fast.
 */
public final class TokenSums {
  /** This pass. */
  public static final Pass<Graph> PASS =
      new Pass<>("token sums", "Sums over tokens by products by ones.", TokenSums::apply);

  private static final int RANK = 3;

  private final Graph graph;
  private final GraphBuilder builder;

  /** By number of rows: as many ones, [1, rows]. */
  private final Map<Dim, Value> ones = new HashMap<>();

  private TokenSums(Graph graph) {
    this.graph = graph;
    this.builder = GraphBuilder.withInputsOf(graph);
  }

  /** The graph with sums over axis 1 of [records, rows, size] made so. */
  public static Graph apply(Graph graph) {
    TokenSums pass = new TokenSums(graph);
    return graph.nodes().stream().anyMatch(pass::isSumOfRows) ? pass.rebuild() : graph;
  }

  private boolean isSumOfRows(Node node) {
    return node.op().equals("ReduceSum")
        && node.inputs().size() == 2
        && graph.constant(node.input(0)).isEmpty()
        && graph.value(node.input(0)).type() == DataType.FLOAT32
        && graph.value(node.input(0)).rank() == RANK
        && graph
            .constant(node.input(1))
            .filter(axes -> Arrays.equals(axes.toLongs(), new long[] {1}))
            .isPresent();
  }

  private Graph rebuild() {
    for (Node node : graph.nodes()) {
      if (isSumOfRows(node)) {
        sum(node);
      } else {
        builder.add(node);
      }
    }
    return DeadCode.remove(builder.buildLike(graph));
  }

  private void sum(Node node) {
    Ops ops = new Ops(builder, node.name(), node.scope());
    Value rows = builder.value(node.input(0));
    Dim many = rows.shape().dim(1);
    if (node.integer("keepdims", 1) == 0) {
      Value sum = many.isOne() ? rows : ops.matMul("row", ones(ops, rows), rows);
      replace(node, "Squeeze", sum, ops.longs(1));
    } else if (many.isOne()) {
      replace(node, "Identity", rows);
    } else {
      replace(node, "MatMul", ones(ops, rows), rows);
    }
  }

  private void replace(Node node, String op, Value... inputs) {
    List<String> names = Arrays.stream(inputs).map(Value::name).toList();
    builder.add(new Node(node.name(), op, "", names, node.outputs(), Map.of(), node.scope()));
  }

  private Value ones(Ops ops, Value rows) {
    return ones.computeIfAbsent(rows.shape().dim(1), many -> ones(ops, rows, many));
  }

  private static Value ones(Ops ops, Value rows, Dim many) {
    if (many.isFixed()) {
      float[] elements = new float[Math.toIntExact(many.size())];
      Arrays.fill(elements, 1f);
      Tensor tensor = Tensor.floats(new long[] {1, many.size()}, elements);
      return ops.builder().shared("const.ones." + many.size(), tensor);
    }
    Value shape =
        ops.concat("ones.shape", 0, List.of(ops.longs(1), ops.dimension("rows", rows, 1)));
    return ops.op("ones", "Expand", Map.of(), ops.scalar(1f), shape);
  }
}
