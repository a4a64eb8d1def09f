package io.sparklrp.relevance;

import io.sparklrp.error.UserException;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What a node absorbs of the relevance that arrives at its output: output * gradient, less input *
 * gradient of each input that it sends one to, less what it books and what stays. It is 0 where a
 * rule conserves, and below it where a node adds. Booked by kind of node and part of the model.
 */
final class Absorption {
  /** Names of the ledger's entries of this kind begin so. */
  static final String ENTRY = "absorbed:";

  /** Below every score that is not masked: products with minus infinity are not numbers. */
  private static final float LEAST = -1e30f;

  private final GraphBuilder builder;
  private final Ledger ledger;
  private final MergedHeads heads;
  private final String embeddings;
  private final boolean isBooked;
  private final List<Sent> sent = new ArrayList<>();
  private final List<Value> amounts = new ArrayList<>();

  /** A gradient that a node sent to an input. */
  private record Sent(String input, Value gradient) {}

  /**
   * None yet.
   *
   * @param isBooked whether it is asked for; all else does nothing where it is not
   */
  Absorption(
      GraphBuilder builder, Ledger ledger, MergedHeads heads, String embeddings, boolean isBooked) {
    this.builder = builder;
    this.ledger = ledger;
    this.heads = heads;
    this.embeddings = embeddings;
    this.isBooked = isBooked;
  }

  /** A node begins to send. */
  void begin() {
    sent.clear();
    amounts.clear();
  }

  /** It sent a gradient of an input's shape. */
  void sent(String input, Value gradient) {
    sent.add(new Sent(input, gradient));
  }

  /** It booked an amount, [batch, 1]. */
  void booked(Value amount) {
    amounts.add(amount);
  }

  /** It left relevance with tokens, [batch, tokens]. */
  void stayed(Ops ops, Value byToken) {
    if (isBooked) {
      amounts.add(ops.reduceSum("stayed", byToken, true, 1));
    }
  }

  /**
   * A node has sent all.
   *
   * @param arrived the gradient at its output
   */
  void end(Node node, NodeKind kind, Value arrived) {
    if (!isBooked || kind == NodeKind.LINEAR) {
      return; // a linear node conserves, whatever the method
    }
    Ops ops = new Ops(builder, node.name() + ".relevance", node.scope()).in("absorbed");
    Value rest = product(ops.in("output"), node, node.output(), arrived);
    for (int i = 0; i < sent.size(); i++) {
      Sent one = sent.get(i);
      rest =
          ops.sub(
              "less_sent", rest, product(ops.in("input_" + i), node, one.input(), one.gradient()));
    }
    for (Value amount : amounts) {
      rest = ops.sub("less_booked", rest, amount);
    }
    ledger.book(ENTRY + cause(kind) + "/" + node.scope(), rest);
  }

  /** What absorbs, in the words of the table of methods. */
  private static String cause(NodeKind kind) {
    return switch (kind) {
      case ATTENTION_WEIGHTS -> "attention softmax";
      case ATTENTION_SCORES,
          ATTENTION_VALUES,
          ATTENTION_VALUES_FIRST,
          MATRIX_PRODUCT,
          GATE_FIRST,
          GATE_SECOND,
          PRODUCT ->
          "product";
      case NORMALISATION, RMS_NORMALISATION, NORMALISING_FACTOR, NORMALISED_PRODUCT ->
          "normalisation";
      case ACTIVATION -> "activation";
      case SOFTMAX, LINEAR, UNKNOWN -> "other";
    };
  }

  /** Value times gradient, summed for each record, [batch, 1]. */
  private Value product(Ops ops, Node node, String value, Value gradient) {
    Value finite = ops.op("finite", "Max", Map.of(), builder.value(value), ops.scalar(LEAST));
    Value products = ops.mul("products", finite, gradient);
    Dim batch = builder.value(embeddings).shape().dim(0);
    Dim first = products.shape().dim(0);
    if (first.equals(batch)) {
      long[] others = LongStream.range(1, products.rank()).toArray();
      Value sum = others.length == 0 ? products : ops.reduceSum("sum", products, false, others);
      return ops.unsqueeze("column", sum, 1);
    }
    Optional<Dim> merged = first.dividedBy(batch);
    boolean isRows = products.rank() == 2;
    if (merged.isEmpty() || !(isRows || heads.areByRecord(value))) {
      throw new UserException(
          String.format(
              "Cannot tell what node %s absorbs: it is not known which of its values belong to which record."
                  + " Leave out --ledger by-cause.",
              node.name()));
    }
    Value records = ops.dimension("records", builder.value(embeddings), 0);
    Value shape = ops.concat("by_record", 0, List.of(records, ops.longs(-1)));
    return ops.reduceSum("sum", ops.op("flat", "Reshape", Map.of(), products, shape), true, 1);
  }
}
