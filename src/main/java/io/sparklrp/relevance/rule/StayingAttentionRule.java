package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.stream.LongStream;

/**
 * P V as a product of two activations that share its relevance, usually by halves: V's part flows
 * on, the attention weight's part p stays with the token that the weight points at, p times the sum
 * over heads of V . G_V (our {@code lrp-stay}). It may be another in each layer.
 *
 * <p>A weight is a product too, of a query and a key: a part r of p may stay with the token whose
 * row attends, r p times the sum over heads of (P V) . G, and the rest with those that are attended
 * to.
 *
 * <p>The tokens are the axis of V along which the product is summed; the first axis of V is the
 * records. What the tokens of V are to the record is not this rule's to know.
 */
public final class StayingAttentionRule implements Rule {
  private final int values;
  private final float first;
  private final float last;
  private final float queries;

  /**
   * A rule for products whose factor of that index is V, 1 in P V and 0 in V' P'.
   *
   * @param first the part that stays in the first layer, from 0 to below 1
   * @param last that of the last; between them it changes evenly
   * @param queries the part of what stays that is the queries' tokens', from 0 to 1
   */
  public StayingAttentionRule(int values, float first, float last, float queries) {
    this.values = values;
    this.first = first;
    this.last = last;
    this.queries = queries;
  }

  @Override
  public void propagate(Node node, Backward backward) {
    float flows = 1 - (first == last ? first : first + (last - first) * backward.depth(node));
    float stays = 1 - flows; // both add up to 1 to the last digit
    boolean isHalf = flows == stays; // what is scaled once serves both then
    MatrixGradients gradients = new MatrixGradients(node, backward);
    Ops ops = backward.ops(node);
    Value part = gradients.of(values, isHalf ? flows : 1);
    backward.toInput(node, values, isHalf ? part : ops.mul("flows", part, ops.scalar(flows)));
    int tokens = part.shape().axis(gradients.summedAxis(values));
    Value products = products(node, part, tokens, backward);
    float ofKeys = (isHalf ? 1 : stays) * (1 - queries);
    Value staying = ofKeys == 1 ? products : ops.mul("stays_part", products, ops.scalar(ofKeys));
    backward.stay(node, values, tokens, staying);
    if (queries > 0) {
      stayWithQueries(node, stays * queries, backward);
    }
  }

  /** (P V) . G at each row, whose token is the query's. */
  private void stayWithQueries(Node node, float share, Backward backward) {
    Ops ops = backward.ops(node);
    Value products = ops.mul("queries", backward.output(node), backward.gradient(node));
    int rows = products.rank() - (values == 1 ? 2 : 1);
    Value byToken = byToken(ops, "queries", products, rows);
    backward.stayInRows(node, values, rows, ops.mul("queries_part", byToken, ops.scalar(share)));
  }

  /** V . G_V, summed over all but the records and the tokens. */
  private Value products(Node node, Value part, int tokens, Backward backward) {
    Ops ops = backward.ops(node);
    Value products = ops.mul("stays", part, backward.input(node, values));
    return byToken(ops, "stays", products, tokens);
  }

  /** Sums over all but the records and an axis, which is one of the last two. */
  private static Value byToken(Ops ops, String step, Value products, int tokens) {
    int size = products.rank() - 1 == tokens ? tokens - 1 : products.rank() - 1;
    Value rows = ops.reduceSum(step + "_by_head", products, false, size);
    long[] heads = LongStream.range(1, rows.rank() - 1L).toArray();
    return heads.length == 0 ? rows : ops.reduceSum(step + "_by_token", rows, false, heads);
  }
}
