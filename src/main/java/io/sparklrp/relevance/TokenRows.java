package io.sparklrp.relevance;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Which rows of a layer are tokens of the record: all of them, unless the model puts rows of its
 * own before or behind them, such as an image's class token.
 */
final class TokenRows {
  private static final int ROWS = 1;

  private final String join;
  private final long before;
  private final long tokens;
  private final long all;

  private TokenRows(String join, long before, long tokens, long all) {
    this.join = join;
    this.before = before;
    this.tokens = tokens;
    this.all = all;
  }

  /** The rows of a graph whose explained embeddings are [batch, tokens, hidden]. */
  static TokenRows of(Graph graph, ActiveValues active, String embeddings) {
    Dim tokens = graph.value(embeddings).shape().dim(ROWS);
    Optional<Node> joined =
        graph.nodes().stream()
            .filter(node -> node.op().equals("Concat") && joinsRows(graph, active, node))
            .findFirst();
    return joined
        .map(node -> joined(graph, active, node, tokens))
        .orElse(new TokenRows("", 0, 0, 0));
  }

  private static TokenRows joined(Graph graph, ActiveValues active, Node node, Dim tokens) {
    return new TokenRows(
        node.name(),
        before(graph, active, node),
        tokens.size(),
        graph.value(node.output()).shape().dim(ROWS).size());
  }

  private static boolean joinsRows(Graph graph, ActiveValues active, Node node) {
    Value rows = graph.value(node.output());
    return rows.rank() == 3
        && rows.shape().axis(node.integer("axis", 0)) == ROWS
        && rows.shape().dim(ROWS).isFixed()
        && active.onlyActiveInput(node).isPresent();
  }

  private static long before(Graph graph, ActiveValues active, Node node) {
    long count = 0;
    for (String input : node.inputs()) {
      if (active.contains(input)) {
        return count;
      }
      count += graph.value(input).shape().dim(ROWS).size();
    }
    return count;
  }

  /**
   * Whether a number of rows is that of all rows of a record.
   *
   * @param count number of rows
   * @param ofTokens number of tokens
   */
  boolean areAll(Dim count, Dim ofTokens) {
    return tokens == 0 ? count.equals(ofTokens) : count.equals(Dim.of(all));
  }

  /** Whether a node is the one that puts other rows beside the tokens. */
  boolean isJoin(Node node) {
    return node.name().equals(join);
  }

  /**
   * The part of [batch, rows] that belongs to tokens, [batch, tokens]: all of it where other rows
   * have not joined them yet.
   */
  Value ofTokens(Ops ops, Value byRow) {
    return tokens == 0 || byRow.shape().dim(ROWS).equals(Dim.of(tokens))
        ? byRow
        : ops.slice("of_tokens", byRow, ROWS, ops.longs(before), ops.longs(before + tokens));
  }

  /** A value whose axis has all rows, with those of tokens before the others. */
  Value tokensFirst(Ops ops, Value value, int axis) {
    if (tokens == 0) {
      return value;
    }
    long[] order =
        LongStream.concat(
                LongStream.range(before, before + tokens),
                LongStream.concat(
                    LongStream.range(0, before), LongStream.range(before + tokens, all)))
            .toArray();
    return ops.gather("tokens_first", value, ops.longs(order), axis);
  }

  /**
   * What the other rows hold, [batch, 1] each; none where all rows are tokens, as they are where
   * others have not joined them yet.
   */
  List<Value> ofOthers(Ops ops, Value byRow) {
    if (tokens == 0 || byRow.shape().dim(ROWS).equals(Dim.of(tokens))) {
      return List.of();
    }
    long rows = byRow.shape().dim(ROWS).size();
    return LongStream.range(0, rows)
        .filter(row -> row < before || row >= before + tokens)
        .mapToObj(row -> ops.slice("of_row", byRow, ROWS, ops.longs(row), ops.longs(row + 1)))
        .toList();
  }
}
