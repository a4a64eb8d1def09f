package io.sparklrp.relevance;

import io.sparklrp.error.UserException;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.relevance.readout.Attention;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A forward pass's attention weights, from all of a record's rows to all of them. */
final class AttentionLayers implements Attention {
  private static final String MASK = "attention_mask";

  private final Graph graph;
  private final List<Node> softmaxes;
  private final NodeKinds kinds;
  private final MergedHeads heads;
  private final TokenRows rows;
  private final TokenAxes axes;
  private final Value embeddings;
  private final Ops ops;

  private AttentionLayers(
      ModelGraph model, ActiveValues active, NodeKinds kinds, List<Node> softmaxes, Ops ops) {
    this.graph = model.graph();
    this.kinds = kinds;
    this.softmaxes = softmaxes;
    this.embeddings = graph.value(model.embeddings());
    this.heads = new MergedHeads(graph, active, embeddings.shape().dim(0));
    this.rows = TokenRows.of(graph, active, model.embeddings());
    this.axes = new TokenAxes(graph, active, rows, model.embeddings());
    this.ops = ops;
  }

  /**
   * The weights that a model's score depends on.
   *
   * @param ops writes operators behind the model's
   * @throws UserException if it has none, or some that do not go from all of a record's rows to all
   *     of them; these are named
   */
  static AttentionLayers of(ModelGraph model, Ops ops) {
    ActiveValues active = new ActiveValues(model.graph(), model.embeddings());
    NodeKinds kinds = new NodeKinds(model.graph(), active);
    List<Node> softmaxes = RuleTable.nodes(model, kinds.all(), NodeKind.ATTENTION_WEIGHTS);
    AttentionLayers layers = new AttentionLayers(model, active, kinds, softmaxes, ops);
    layers.check();
    return layers;
  }

  private void check() {
    if (softmaxes.isEmpty()) {
      throw new UserException(
          "Cannot explain the model by its attention weights: it has none that are known as such."
              + " Use another --method.");
    }
    String unfit =
        softmaxes.stream()
            .filter(softmax -> !fits(softmax))
            .map(softmax -> softmax.name() + " " + shape(softmax))
            .collect(Collectors.joining(", "));
    if (!unfit.isEmpty()) {
      throw new UserException(
          String.format(
              "Cannot explain the model by its attention weights: those of %s do not go from all rows"
                  + " of a record to all of them, as [batch, heads, rows, rows]. Use another --method.",
              unfit));
    }
  }

  private Shape shape(Node softmax) {
    return graph.value(softmax.output()).shape();
  }

  private boolean fits(Node softmax) {
    Shape shape = shape(softmax);
    int rank = shape.rank();
    if (rank < 3 || shape.axis(softmax.integer("axis", -1)) != rank - 1) {
      return false;
    }
    Dim first = shape.dim(0);
    Dim batch = embeddings.shape().dim(0);
    return shape.dim(rank - 1).equals(shape.dim(rank - 2))
        && rows.areAll(shape.dim(rank - 1), embeddings.shape().dim(1))
        && isAlongTokens(softmax, rank - 2)
        && isAlongTokens(softmax, rank - 1)
        && (first.equals(batch) || (rank == 3 && isMerged(softmax, first)));
  }

  /** A decoder's rows are as many as an encoder's, and others. */
  private boolean isAlongTokens(Node softmax, int axis) {
    return axes.along(softmax.output(), axis) == TokenAxes.Along.TOKENS;
  }

  /** Weights have the order of the values that they weigh. */
  private boolean isMerged(Node softmax, Dim first) {
    Node product = kinds.weighing(softmax.name());
    return heads.heads(first).filter(Dim::isFixed).isPresent()
        && product.inputs().stream().anyMatch(heads::areByRecord);
  }

  /** Name of a layer's weights. */
  String name(int layer) {
    return softmaxes.get(layer).output();
  }

  /** What has the shape of attention weights, as [batch, heads..., queries, keys]. */
  Value byRecord(String step, Value weights) {
    Optional<Dim> count = heads.heads(weights.shape().dim(0));
    if (count.isEmpty()) {
      return weights;
    }
    Ops merged = ops.in(step);
    Value records = merged.dimension("records", ops.builder().value(embeddings.name()), 0);
    Value tokens = merged.dimension("tokens", weights, 2);
    Value shape =
        merged.concat(
            "shape", 0, List.of(records, merged.longs(count.get().size()), tokens, tokens));
    return merged.op("by_record", "Reshape", Map.of(), weights, shape);
  }

  @Override
  public Ops ops() {
    return ops;
  }

  @Override
  public int layers() {
    return softmaxes.size();
  }

  @Override
  public Value weights(int layer) {
    return byRecord("weights_" + layer, ops.builder().value(name(layer)));
  }

  @Override
  public Value realQueries() {
    boolean isMasked = graph.inputs().stream().anyMatch(input -> input.name().equals(MASK));
    return isMasked
        ? ops.unsqueeze("real", ops.cast("mask", ops.builder().value(MASK), DataType.FLOAT32), 1)
        : allQueries();
  }

  /** A one for each query, made of weights: their sums over keys are ones already. */
  private Value allQueries() {
    Value weights = weights(0);
    long[] heads = LongStream.range(1, weights.rank() - 2L).toArray();
    Value one = heads.length == 0 ? weights : ops.reduceMean("head", weights, false, heads);
    Value zeros = ops.mul("zeros", ops.reduceSum("keys", one, false, -1), ops.scalar(0f));
    return ops.unsqueeze("all", ops.add("ones", zeros, ops.scalar(1f)), 1);
  }

  @Override
  public Value ofTokens(Value byKey) {
    return rows.ofTokens(ops, byKey);
  }

  @Override
  public Value tokensFirst(Value weights) {
    return rows.tokensFirst(ops, rows.tokensFirst(ops, weights, 1), 2);
  }
}
