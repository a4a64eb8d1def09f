package io.sparklrp.graph.pass;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * Keys or values of attention as they come from a linear layer: rows x [batch, tokens, in] times
 * W', with or without a bias, split into heads and laid out as [batch, heads, tokens, size].
 *
 * @param rows name of x
 * @param weight name of the constant W [heads * size, in]
 * @param bias name of the constant that is added; empty for none
 * @param heads number of heads
 * @param size size of a head
 */
record HeadProjection(String rows, String weight, Optional<String> bias, long heads, long size) {
  private static final List<Long> SWAP_SEQUENCE_AND_HEADS = List.of(0L, 2L, 1L, 3L);

  /** The projection that makes a value; empty where it is made in another way. */
  static Optional<HeadProjection> of(Graph graph, String value) {
    return graph
        .producer(value)
        .filter(node -> node.op().equals("Transpose"))
        .filter(node -> node.integers("perm", List.of()).equals(SWAP_SEQUENCE_AND_HEADS))
        .flatMap(node -> graph.producer(node.input(0)))
        .filter(node -> node.op().equals("Reshape") && isSplit(graph, node))
        .flatMap(split -> ofSplit(graph, split));
  }

  private static boolean isSplit(Graph graph, Node reshape) {
    Optional<long[]> target = graph.constant(reshape.input(1)).map(Tensor::toLongs);
    return target.isPresent()
        && target.get().length == 4
        && target.get()[0] == 0
        && target.get()[1] == 0
        && graph.value(reshape.input(0)).rank() == 3;
  }

  private static Optional<HeadProjection> ofSplit(Graph graph, Node split) {
    Value heads = graph.value(split.output());
    Optional<Node> maker = graph.producer(split.input(0));
    Optional<String> bias = maker.flatMap(node -> bias(graph, node));
    Optional<Node> product = bias.isEmpty() ? maker : graph.producer(maker.get().input(0));
    return product
        .filter(node -> isProjection(graph, node))
        .map(
            node ->
                new HeadProjection(
                    node.input(0),
                    node.input(1),
                    bias,
                    heads.shape().dim(2).size(),
                    heads.shape().dim(3).size()));
  }

  private static Optional<String> bias(Graph graph, Node node) {
    boolean adds = node.op().equals("Add") && graph.constant(node.input(1)).isPresent();
    return adds && graph.value(node.input(1)).rank() == 1
        ? Optional.of(node.input(1))
        : Optional.empty();
  }

  private static boolean isProjection(Graph graph, Node node) {
    return node.op().equals("FusedMatMul")
        && node.integer("transA", 0) == 0
        && node.integer("transB", 0) == 1
        && node.decimal("alpha", 1f) == 1f
        && graph.constant(node.input(1)).isPresent()
        && graph.value(node.input(1)).rank() == 2;
  }
}
