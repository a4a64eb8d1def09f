package io.sparklrp.relevance;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The conservation ledger under construction: the product of every additive constant with the
 * gradient at the place where it is added, [batch, 1] each, gathered by entry.
 *
 * <p>Every entry is computed from the gradient; none is what the others leave of the score.
 *
 * <p>The engine computes a node when one that reads it is asked for, the one that was written last
 * first. So terms are joined one by one, as the walk booked them: all are computed while the
 * gradients that they are made of are at hand, and none of these is held to the end.
 */
final class Ledger {
  /** Entry of position embeddings. */
  static final String POSITION = "position";

  /** Entry of token-type embeddings. */
  static final String SEGMENT = "segment";

  /** Entry of what the embeddings add, and of rows that are no tokens. */
  static final String EMBEDDINGS = "embeddings";

  private record Term(String entry, Value amount) {}

  /** What is to be computed beside a term: it has no column. */
  private record Beside(int term, Value value) {}

  private final List<Term> terms = new ArrayList<>();
  private final List<Beside> others = new ArrayList<>();

  /** Books a constant's part. */
  void book(String entry, Value amount) {
    terms.add(new Term(entry, amount));
  }

  /** Lets a value of others, [batch, n], be computed when what is booked next is. */
  void computeBeside(Value value) {
    others.add(new Beside(terms.size(), value));
  }

  /** sum(c G) for each record, as [batch, 1]. */
  static Value product(Ops ops, Value constant, Value gradient) {
    boolean isVector =
        constant.rank() == 1
            && gradient.rank() >= 2
            && constant.shape().dim(0).equals(gradient.shape().dim(-1));
    return isVector
        ? vectorProduct(ops, constant, gradient)
        : wholeProduct(ops, constant, gradient);
  }

  /** G summed over tokens first: a vector of constants then costs nothing. */
  private static Value vectorProduct(Ops ops, Value constant, Value gradient) {
    long[] between = LongStream.range(1, gradient.rank() - 1L).toArray();
    Value sum = between.length == 0 ? gradient : ops.reduceSum("sum", gradient, false, between);
    return ops.matMul("booked", sum, ops.unsqueeze("column", constant, 1));
  }

  private static Value wholeProduct(Ops ops, Value constant, Value gradient) {
    Value products = ops.mul("products", gradient, constant);
    long[] axes = LongStream.range(1, products.rank()).toArray();
    Value sum = ops.reduceSum("total", products, false, axes);
    return ops.unsqueeze("booked", sum, 1);
  }

  /** Names of the entries: position and segment first, then from the embeddings to the head. */
  List<String> entries() {
    Set<String> names = new LinkedHashSet<>();
    List.of(POSITION, SEGMENT)
        .forEach(
            name ->
                terms.stream()
                    .filter(t -> t.entry.equals(name))
                    .findAny()
                    .ifPresent(t -> names.add(name)));
    for (int i = terms.size() - 1; i >= 0; i--) {
      names.add(terms.get(i).entry);
    }
    return List.copyOf(names);
  }

  /**
   * All entries, [batch, entries]: one product with a matrix of zeros and ones adds the terms up.
   */
  Value total(Ops ops, Value anyOfBatch) {
    List<String> entries = entries();
    if (entries.isEmpty()) {
      return ops.slice("empty", anyOfBatch, 1, ops.longs(0), ops.longs(0));
    }
    float[] membership = new float[terms.size() * entries.size()];
    for (int i = 0; i < terms.size(); i++) {
      membership[i * entries.size() + entries.indexOf(terms.get(i).entry)] = 1f;
    }
    Value parts = joined(ops);
    Tensor matrix = Tensor.floats(new long[] {terms.size(), entries.size()}, membership);
    return ops.matMul(
        "entries", parts, ops.builder().initializer("relevance.ledger.membership", matrix));
  }

  /** A column for each term, one joined to those before it. */
  private Value joined(Ops ops) {
    Map<Integer, List<Value>> beside = new HashMap<>();
    others.forEach(
        other ->
            beside
                .computeIfAbsent(other.term, term -> new ArrayList<>())
                .add(ops.slice("no_column", other.value, 1, ops.longs(0), ops.longs(0))));
    Value joined = null;
    for (int i = 0; i < terms.size(); i++) {
      List<Value> parts = new ArrayList<>();
      Optional.ofNullable(joined).ifPresent(parts::add);
      parts.add(terms.get(i).amount);
      parts.addAll(beside.getOrDefault(i, List.of()));
      joined = parts.size() == 1 ? parts.get(0) : ops.concat("parts", 1, parts);
    }
    return joined;
  }
}
