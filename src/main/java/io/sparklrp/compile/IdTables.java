package io.sparklrp.compile;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * How many rows the tables have in which a model looks up token types and positions: what a
 * tokenizer gives may be beyond them, and the engine would fail for a whole batch then.
 *
 * @param types rows for token types; {@link Long#MAX_VALUE} where none are looked up
 * @param positions rows for positions; the same
 */
record IdTables(long types, long positions) {
  private static final String TYPES = "token_type_ids";

  /** The tables of a model. */
  static IdTables of(ModelGraph model) {
    Graph graph = model.graph();
    Dim width = graph.value(model.embeddings()).shape().dim(-1);
    LongStream.Builder types = LongStream.builder();
    LongStream.Builder positions = LongStream.builder();
    for (Node node : graph.nodes()) {
      if (isLookup(graph, node)) {
        String ids = source(graph, node.input(1));
        Shape table = graph.value(node.input(0)).shape();
        if (ids.equals(TYPES)) {
          types.add(table.dim(0).size());
        } else if (table.dim(1).equals(width) && arePositions(graph, node.input(1))) {
          positions.add(table.dim(0).size());
        }
      }
    }
    return new IdTables(
        types.build().min().orElse(Long.MAX_VALUE), positions.build().min().orElse(Long.MAX_VALUE));
  }

  /** Rows of a matrix of a fixed number of them, by numbers that are no constants. */
  private static boolean isLookup(Graph graph, Node node) {
    return node.op().equals("Gather")
        && node.integer("axis", 0) == 0
        && graph.value(node.input(0)).rank() == 2
        && graph.value(node.input(0)).shape().dim(0).isFixed()
        && graph.constant(node.input(1)).isEmpty();
  }

  /** The value behind what only moves or casts. */
  private static String source(Graph graph, String value) {
    return behind(graph, value, IdTables::isKeeping);
  }

  private static boolean isKeeping(Node node) {
    return Operators.is(node, Trait.KEEPING_ELEMENTS);
  }

  private static String behind(Graph graph, String value, Predicate<Node> isPassed) {
    String at = value;
    Optional<Node> maker = graph.producer(at);
    while (maker.isPresent() && isPassed.test(maker.get())) {
      at = maker.get().input(0);
      maker = graph.producer(at);
    }
    return at;
  }

  /** Cut out of a constant that counts, given, or counted; exported models look up zeros too. */
  private static boolean arePositions(Graph graph, String ids) {
    String source =
        behind(graph, ids, node -> isKeeping(node) || Operators.is(node, Trait.PICKING));
    Optional<Tensor> constant = graph.constant(source);
    if (constant.isPresent()) {
      return constant.get().type() == DataType.INT64
          && Arrays.stream(constant.get().toLongs()).anyMatch(id -> id > 0);
    }
    return source.equals("position_ids") || isCounted(graph, source, new HashSet<>());
  }

  private static boolean isCounted(Graph graph, String value, Set<String> seen) {
    Optional<Node> maker = seen.add(value) ? graph.producer(value) : Optional.empty();
    return maker.isPresent()
        && (Operators.is(maker.get(), Trait.COUNTING)
            || maker.get().inputs().stream().anyMatch(input -> isCounted(graph, input, seen)));
  }
}
