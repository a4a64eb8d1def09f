package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A linear layer z = W x + b whose gradient is weighed output by output: LRP-gamma and LRP-epsilon
 * (Montavon et al. 2019, section 10.2.2), written as gradient x input (Ali et al. 2022, appendix).
 * Products with anything but a parameter have {@link LinearRule}.
 */
public abstract class LayerRule implements Rule {
  private static final int BIAS = 2;

  /** A layer as it is, or as a rule has it: weights and bias. */
  record Layer(Value weight, Optional<Value> bias, Value output) {}

  @Override
  public final void propagate(Node node, Backward backward) {
    if (backward.isLayer(node)) {
      propagate(node, backward, layer(node, backward));
    } else {
      new LinearRule().propagate(node, backward);
    }
  }

  /** Sends relevance through a layer. */
  abstract void propagate(Node node, Backward backward, Layer layer);

  private static Layer layer(Node node, Backward backward) {
    Value weight = backward.input(node, weightIndex(node, backward));
    Optional<Node> addition = backward.bias(node);
    if (addition.isPresent()) {
      Node adds = addition.get();
      return new Layer(
          weight,
          Optional.of(backward.input(adds, adds.input(0).equals(node.output()) ? 1 : 0)),
          backward.output(adds));
    }
    return new Layer(
        weight,
        node.hasInput(BIAS) ? Optional.of(backward.input(node, BIAS)) : Optional.empty(),
        backward.output(node));
  }

  static int weightIndex(Node node, Backward backward) {
    return backward.isActive(node, 0) ? 1 : 0;
  }

  /** What the layer gives with other weights and another bias. */
  static Value output(Node node, Backward backward, Value weight, Optional<Value> bias) {
    Ops ops = backward.ops(node).in("layer");
    int at = weightIndex(node, backward);
    List<String> inputs = new ArrayList<>();
    inputs.add(at == 0 ? weight.name() : node.input(0));
    inputs.add(at == 0 ? node.input(1) : weight.name());
    boolean addsItself = node.hasInput(BIAS);
    if (addsItself) {
      inputs.add(bias.orElseThrow().name());
    }
    String name = ops.builder().freeName(node.name() + ".relevance.layer.product");
    Value product =
        ops.builder()
            .add(
                new Node(
                    name,
                    node.op(),
                    node.domain(),
                    inputs,
                    List.of(name),
                    node.attributes(),
                    node.scope()))
            .get(0);
    return addsItself || bias.isEmpty() ? product : ops.add("biased", product, bias.get());
  }

  /** Sends a gradient that was weighed to the activation, through some weights. */
  static void send(Node node, Backward backward, Value weight, Value weighed) {
    MatrixGradients gradients = new MatrixGradients(node, backward, weighed, weight);
    int to = 1 - weightIndex(node, backward);
    backward.toInput(node, to, gradients.of(to, 1f));
  }

  /** A number for each element: of one tensor where it is 0, of another elsewhere. */
  static Value unlessZero(Ops ops, Value number, Value atZero, Value elsewhere) {
    Value isZero = ops.op("is_zero", "Equal", Map.of(), number, ops.scalar(0f));
    return ops.where("unless_zero", isZero, atZero, elsewhere);
  }
}
