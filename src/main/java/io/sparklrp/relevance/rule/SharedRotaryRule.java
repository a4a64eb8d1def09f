package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.stream.LongStream;

/**
 * Rotary position embedding as products of a query, or a key, with cosines and sines of its
 * position: half of the relevance of what is turned belongs to each (Bakish et al. 2025). The
 * position's half stays with the token whose position it is.
 */
public final class SharedRotaryRule implements Rule {
  private static final int SEQUENCE_OF_THREE = 1;
  private static final int SEQUENCE_OF_FOUR = 2;
  private static final float HALF = 0.5f;

  @Override
  public void propagate(Node node, Backward backward) {
    Ops ops = backward.ops(node).in("shared");
    Value gradient = backward.gradient(node);
    Value products = ops.mul("products", backward.output(node), gradient);
    Value ofPosition = ops.mul("of_position", products, shares(node, backward, ops, HALF, 0f));
    int tokens = gradient.rank() == 3 ? SEQUENCE_OF_THREE : SEQUENCE_OF_FOUR;
    long[] others = LongStream.range(1, gradient.rank()).filter(axis -> axis != tokens).toArray();
    backward.stay(node, 0, tokens, ops.reduceSum("stays", ofPosition, false, others));
    Value flowing = ops.mul("flows", gradient, shares(node, backward, ops, HALF, 1f));
    backward.toInput(node, 0, RotaryRule.turnedBack(node, backward, flowing));
  }

  /** A number for each element of the last axis: one for those that are turned, another else. */
  private static Value shares(Node node, Backward backward, Ops ops, float turned, float other) {
    long last = backward.gradient(node).shape().dim(-1).size();
    long heads = backward.gradient(node).rank() == 3 ? node.integer("num_heads", 1) : 1;
    long size = last / Math.max(1, heads);
    long dims = node.integer("rotary_embedding_dim", 0);
    float[] shares = new float[(int) last];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = dims == 0 || i % size < dims ? turned : other;
    }
    String name = node.name() + ".relevance.shares_" + (other == 0f ? "position" : "flow");
    return ops.builder().initializer(name, Tensor.floats(new long[] {last}, shares));
  }

  @Override
  public String name() {
    return "rotary: 0.5 to each";
  }
}
