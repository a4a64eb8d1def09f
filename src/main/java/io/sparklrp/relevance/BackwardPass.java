package io.sparklrp.relevance;

import io.sparklrp.error.UserException;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.relevance.rule.Backward;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/**
 * The state of one reverse walk: gradients that have arrived, what stayed with tokens, and the
 * ledger.
 */
final class BackwardPass implements Backward {
  /** Axes of values that have a vector for each token; scores have more. */
  private static final int VECTORS = 3;

  private final GraphBuilder builder;
  private final ActiveValues active;
  private final LedgerScopes scopes;
  private final TokenRows rows;
  private final TokenAxes tokens;
  private final MergedHeads heads;
  private final String embeddings;
  private final Map<String, List<Value>> arrived = new HashMap<>();
  private final Map<String, Value> sums = new HashMap<>();
  private final List<Value> stayed = new ArrayList<>();
  private final Ledger ledger = new Ledger();
  private final Absorption absorption;
  private final ConstantRows constantRows;
  private final List<Value> added = new ArrayList<>();
  private final boolean isByToken;
  private final LinearLayers layers;
  private final AttentionDepth depths;
  private final RuleSet rules;

  /**
   * A walk that has not begun.
   *
   * @param builder writes what is computed, behind the forward pass
   * @param active which of its values depend on the embeddings
   * @param kinds of its nodes
   * @param rules say what tokens have of their own rows
   */
  BackwardPass(
      ModelGraph model,
      GraphBuilder builder,
      ActiveValues active,
      Map<String, NodeKind> kinds,
      RuleSet rules,
      LedgerDetail detail) {
    Graph graph = model.graph();
    this.builder = builder;
    this.active = active;
    this.embeddings = model.embeddings();
    this.rules = rules;
    this.scopes = new LedgerScopes(graph, detail);
    this.rows = TokenRows.of(graph, active, embeddings);
    this.tokens = new TokenAxes(graph, active, rows, embeddings);
    this.heads = new MergedHeads(graph, active, graph.value(embeddings).shape().dim(0));
    this.layers = new LinearLayers(graph, active);
    this.depths = new AttentionDepth(graph, kinds, model.logits());
    this.absorption = new Absorption(builder, ledger, heads, embeddings, detail.isByCause());
    this.constantRows = new ConstantRows(rows, tokens);
    this.isByToken = detail.isByToken();
  }

  /** What nodes absorb, to be told of each before and after. */
  Absorption absorption() {
    return absorption;
  }

  Ledger ledger() {
    return ledger;
  }

  /** What stayed with the tokens, [batch, sequence] each. */
  List<Value> stayed() {
    return stayed;
  }

  /** What constants add in rows of tokens, [batch, sequence] each. */
  List<Value> added() {
    return added;
  }

  /** Adds a gradient at a value. */
  void send(String value, Value gradient) {
    arrived.computeIfAbsent(value, name -> new ArrayList<>()).add(gradient);
  }

  /** The sum of the gradients that have arrived at a value; empty where there is none. */
  Optional<Value> arrivedAt(String value) {
    List<Value> parts = arrived.get(value);
    return parts == null
        ? Optional.empty()
        : Optional.of(sums.computeIfAbsent(value, name -> sum(name, parts)));
  }

  private Value sum(String value, List<Value> parts) {
    Ops ops = new Ops(builder, value + ".relevance", "relevance");
    Value sum = parts.get(0);
    for (Value part : parts.subList(1, parts.size())) {
      sum = ops.add("sum", sum, part);
    }
    return sum;
  }

  @Override
  public Ops ops(Node node) {
    return new Ops(builder, node.name() + ".relevance", node.scope());
  }

  @Override
  public Value input(Node node, int index) {
    return builder.value(node.input(index));
  }

  @Override
  public Value output(Node node) {
    return builder.value(node.output());
  }

  @Override
  public Value optionalOutput(Node node, int index) {
    return builder.optionalOutput(node.name(), index);
  }

  @Override
  public void shareFactor(Node node, Value factor) {
    List<String> inputs = List.of(node.input(0), factor.name());
    builder.replace(
        node.name(),
        new Node(node.name(), "Mul", "", inputs, node.outputs(), Map.of(), node.scope()));
  }

  @Override
  public boolean isActive(Node node, int index) {
    return active.contains(node.input(index));
  }

  @Override
  public Value gradient(Node node) {
    return arrivedAt(node.output()).orElseThrow();
  }

  @Override
  public void toInput(Node node, int index, Value gradient) {
    if (isActive(node, index)) {
      Value sent = unbroadcast(ops(node).in("unbroadcast"), gradient, input(node, index).shape());
      send(node.input(index), sent);
      absorption.sent(node.input(index), sent);
    }
  }

  /** Sums a gradient over the axes along which the value was repeated. */
  private static Value unbroadcast(Ops ops, Value gradient, Shape wanted) {
    int extra = gradient.rank() - wanted.rank();
    Value reduced =
        extra == 0
            ? gradient
            : ops.reduceSum("leading", gradient, false, LongStream.range(0, extra).toArray());
    Shape shape = reduced.shape();
    long[] repeated =
        LongStream.range(0, wanted.rank())
            .filter(
                axis -> wanted.dim((int) axis).isOne() && !shape.dim((int) axis).equals(Dim.of(1)))
            .toArray();
    return repeated.length == 0 ? reduced : ops.reduceSum("repeated", reduced, true, repeated);
  }

  @Override
  public void constant(Node node, int index, Value gradient) {
    if (isZero(node.input(index))) {
      return;
    }
    scopes
        .entry(node, node.input(index))
        .ifPresent(entry -> book(node, entry, input(node, index), gradient));
  }

  private void book(Node node, String entry, Value constant, Value gradient) {
    OptionalInt axis = tokens.only(node.output());
    boolean isOfTokens =
        rules.has(RowShare.POSITIONS)
            && entry.equals(Ledger.POSITION)
            && axis.isPresent()
            && gradient.rank() == VECTORS
            && gradient.shape().equals(output(node).shape());
    if (isOfTokens) {
      stayWithPositions(node, constant, gradient, axis.getAsInt());
    } else {
      bookByRecord(node, entry, constant, byRecord(node, gradient));
    }
  }

  private void bookByRecord(Node node, String entry, Value constant, Value gradient) {
    boolean isAsked =
        (isByToken || rules.has(RowShare.CONSTANTS))
            && !entry.equals(Ledger.POSITION)
            && !entry.equals(Ledger.SEGMENT);
    Ops ops = ops(node).in("by_token");
    Optional<Value> byRow =
        isAsked ? constantRows.of(ops, node, constant, gradient) : Optional.empty();
    if (byRow.isPresent() && rules.has(RowShare.CONSTANTS)) {
      stayInRows(ops, entry, byRow.get());
    } else {
      book(entry, Ledger.product(ops(node).in("ledger"), constant, gradient));
      byRow.ifPresent(all -> added.add(rows.ofTokens(ops, all)));
    }
  }

  /** What stays with tokens of [batch, rows]; of other rows it is booked. */
  private void stayInRows(Ops ops, String entry, Value byRow) {
    absorption.stayed(ops, byRow);
    stayed.add(rows.ofTokens(ops, byRow));
    rows.ofOthers(ops, byRow).forEach(other -> ledger.book(entry, other));
  }

  /** What arrives at a token's own position vector. */
  private void stayWithPositions(Node node, Value constant, Value gradient, int axis) {
    Ops ops = ops(node).in("position");
    Value products = ops.mul("products", gradient, constant);
    long[] others = LongStream.range(1, gradient.rank()).filter(other -> other != axis).toArray();
    Value byRow = ops.reduceSum("by_row", products, false, others);
    stayInRows(ops, Ledger.POSITION, byRow);
  }

  @Override
  public void constant(Node node, Value constant, Value gradient) {
    if (gradient.rank() == 3 && heads.heads(gradient.shape().dim(0)).isPresent()) {
      throw refused(node, "records and heads are one axis", "attnlrp");
    }
    bookByRecord(node, node.scope(), constant, byRecord(node, gradient));
  }

  private void book(String entry, Value amount) {
    ledger.book(entry, amount);
    absorption.booked(amount);
  }

  @Override
  public float depth(Node values) {
    return depths.of(values);
  }

  @Override
  public boolean isLayer(Node node) {
    return layers.isLayer(node);
  }

  @Override
  public Optional<Node> bias(Node layer) {
    return layers.addition(layer);
  }

  @Override
  public boolean isBias(Node node) {
    return layers.isAddition(node);
  }

  @Override
  public void absorbed(Node node, String entry, Value gradient, Value output) {
    Ops ops = ops(node).in("absorbed");
    Value byRecord = byRecord(node, gradient);
    Value shaped = byRecord.equals(gradient) ? output : byRecord(node, output);
    book(entry, Ledger.product(ops, shaped, byRecord));
  }

  /** A gradient whose rows are the tokens of all records: by record again. */
  private Value byRecord(Node node, Value gradient) {
    Dim batch = builder.value(embeddings).shape().dim(0);
    Dim rows = gradient.shape().dim(0);
    boolean isMerged =
        gradient.rank() == 2
            && !rows.equals(batch)
            && !batch.isFixed()
            && rows.dividedBy(batch).isPresent();
    if (!isMerged) {
      return gradient;
    }
    Ops ops = ops(node).in("by_record");
    Value records = ops.dimension("records", builder.value(embeddings), 0);
    Value rest = ops.longs(-1, gradient.shape().dim(1).size());
    Value shape = ops.concat("shape", 0, List.of(records, rest));
    return ops.op("gradient", "Reshape", Map.of(), gradient, shape);
  }

  /** Whether a value is the number 0, as in {@code Where(mask, x, 0)}: nothing is added. */
  private boolean isZero(String value) {
    return builder
        .constant(value)
        .filter(tensor -> tensor.type() == DataType.FLOAT32 && tensor.size() == 1)
        .filter(tensor -> tensor.toFloats()[0] == 0f)
        .isPresent();
  }

  @Override
  public void stay(Node node, int index, int axis, Value relevance) {
    Ops ops = ops(node).in("stays");
    stay(ops, node, tokens.along(node.input(index), axis), byRecord(ops, node, index, relevance));
  }

  @Override
  public void stayInRows(Node node, int index, int axis, Value relevance) {
    Ops ops = ops(node).in("rows");
    stay(ops, node, tokens.along(node.output(), axis), byRecord(ops, node, index, relevance));
  }

  private void stay(Ops ops, Node node, TokenAxes.Along along, Value byRecord) {
    absorption.stayed(ops, byRecord);
    switch (along) {
      case TOKENS -> {
        Value ofTokens = rows.ofTokens(ops, byRecord);
        stayed.add(ofTokens);
        ledger.computeBeside(ofTokens);
        rows.ofOthers(ops, byRecord).forEach(other -> ledger.book(Ledger.EMBEDDINGS, other));
      }
      case OTHERS -> ledger.book(Ledger.EMBEDDINGS, ops.reduceSum("of_others", byRecord, true, 1));
      case UNKNOWN, TOKENS_OF_RECORDS ->
          throw refused(node, "it cannot be told which rows of its values are which tokens", "lrp");
    }
  }

  /** What stays by record: that of heads which share an axis with the records is summed. */
  private Value byRecord(Ops ops, Node node, int index, Value relevance) {
    Optional<Dim> count = heads.heads(relevance.shape().dim(0));
    if (count.isEmpty()) {
      return relevance;
    }
    if (!heads.areByRecord(node.input(index)) || !count.get().isFixed()) {
      throw refused(node, "records and heads are one axis, in an order that is not known", "lrp");
    }
    Value records = ops.dimension("records", builder.value(embeddings), 0);
    Value shape = ops.concat("by_head", 0, List.of(records, ops.longs(count.get().size(), -1)));
    Value byHead = ops.op("heads", "Reshape", Map.of(), relevance, shape);
    return ops.reduceSum("of_heads", byHead, false, 1);
  }

  private static UserException refused(Node node, String why, String method) {
    return new UserException(
        String.format(
            "Cannot explain the model: at node %s %s. Use --method %s, or export attention as [records,"
                + " heads, tokens, size].",
            node.name(), why, method));
  }
}
