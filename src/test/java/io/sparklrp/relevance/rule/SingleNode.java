package io.sparklrp.relevance.rule;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One node with a rule, apart from the compiler: records what the rule sends where, and computes it
 * with the oracle.
 */
final class SingleNode implements Backward {
  /** Stands for the index of a constant that is no input of the node. */
  static final int OF_OPERATOR = -1;

  private static final double STEP = 1e-5;

  private final GraphBuilder builder = new GraphBuilder("single");
  private final Ops ops = new Ops(builder, "node", "layer.0");
  private final Map<String, DoubleTensor> inputs = new HashMap<>();
  private final Map<Integer, Value> sent = new TreeMap<>();
  private final Map<Integer, Value> booked = new TreeMap<>();
  private final List<Value> stayed = new ArrayList<>();
  private float depth;
  private Value output;
  private Value gradient;
  private Value factor;
  private Value absorbed;

  /** Writes the forward operator. */
  Ops forward() {
    return ops;
  }

  /** An input that depends on the embeddings. */
  Value active(String name, DoubleTensor value) {
    return active(name, value, shape(value));
  }

  /** An input that depends on the embeddings, of a shape that may have open dimensions. */
  Value active(String name, DoubleTensor value, Shape shape) {
    inputs.put(name, value);
    return builder.input(name, DataType.FLOAT32, shape);
  }

  /** A constant, rounded to float32. */
  Value constant(String name, DoubleTensor value) {
    float[] elements = new float[value.data().length];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = (float) value.data()[i];
    }
    long[] shape = Arrays.stream(value.shape()).asLongStream().toArray();
    return builder.initializer(name, Tensor.floats(shape, elements));
  }

  /** Lets it lie so deep, from 0 to 1. */
  SingleNode at(float depthOfNode) {
    depth = depthOfNode;
    return this;
  }

  @Override
  public float depth(Node values) {
    return depth;
  }

  /** Lets a rule propagate a gradient from the node that makes a value. */
  SingleNode propagate(Rule rule, Value nodesOutput, DoubleTensor gradientThere) {
    output = nodesOutput;
    inputs.put("gradient", gradientThere);
    gradient = builder.input("gradient", DataType.FLOAT32, nodesOutput.shape());
    rule.propagate(node(), this);
    return this;
  }

  private Node node() {
    return builder.build(List.of(output)).producer(output.name()).orElseThrow();
  }

  private static Shape shape(DoubleTensor value) {
    return Shape.of(Arrays.stream(value.shape()).asLongStream().toArray());
  }

  /** The gradient that an input got. */
  DoubleTensor sent(int index) {
    return compute(sent.get(index));
  }

  /** Indices of the inputs that got anything. */
  List<Integer> reached() {
    return List.copyOf(sent.keySet());
  }

  /** The gradient with which a constant is booked. */
  DoubleTensor booked(int index) {
    return compute(booked.get(index));
  }

  /** Indices of the constants that are booked. */
  List<Integer> bookedInputs() {
    return List.copyOf(booked.keySet());
  }

  /** What stays with the tokens. */
  DoubleTensor stayed() {
    return compute(stayed.get(0));
  }

  /** What stays with the tokens of the output's rows. */
  DoubleTensor stayedInRows() {
    return compute(stayed.get(1));
  }

  /** The factor that forward and backward share; null where there is none. */
  DoubleTensor factor() {
    return factor == null ? null : compute(factor);
  }

  /** The node's output. */
  DoubleTensor output() {
    return compute(output);
  }

  private DoubleTensor compute(Value value) {
    return Interpreter.run(graph(value), inputs).get(value.name());
  }

  private Graph graph(Value value) {
    return builder.build(List.of(value));
  }

  /** The gradient of sum(gradient output) at an input, by central differences. */
  DoubleTensor differences(String input) {
    DoubleTensor at = inputs.get(input);
    DoubleTensor result = DoubleTensor.zeros(at.shape());
    for (int i = 0; i < result.data().length; i++) {
      result.data()[i] = (score(input, i, STEP) - score(input, i, -STEP)) / (2 * STEP);
    }
    return result;
  }

  private double score(String input, int element, double step) {
    DoubleTensor at = inputs.get(input);
    DoubleTensor moved = new DoubleTensor(at.shape(), at.data().clone());
    moved.data()[element] += step;
    Map<String, DoubleTensor> there = new HashMap<>(inputs);
    there.put(input, moved);
    return dot(Interpreter.run(graph(output), there).get(output.name()), inputs.get("gradient"));
  }

  /** The sum of the products of two tensors of one shape. */
  static double dot(DoubleTensor a, DoubleTensor b) {
    if (!Arrays.equals(a.shape(), b.shape())) {
      throw new AssertionError(Arrays.toString(a.shape()) + " and " + Arrays.toString(b.shape()));
    }
    double sum = 0;
    for (int i = 0; i < a.data().length; i++) {
      sum += a.data()[i] * b.data()[i];
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
  public void stayInRows(Node node, int index, int axis, Value relevance) {
    stayed.add(relevance);
  }

  @Override
  public void shareFactor(Node node, Value shared) {
    factor = shared;
  }

  @Override
  public boolean isActive(Node node, int index) {
    return inputs.containsKey(node.input(index));
  }

  @Override
  public Value gradient(Node node) {
    return gradient;
  }

  @Override
  public void toInput(Node node, int index, Value value) {
    if (isActive(node, index)) {
      sent.put(index, value);
    }
  }

  @Override
  public void constant(Node node, int index, Value value) {
    booked.put(index, value);
  }

  @Override
  public void constant(Node node, Value constant, Value value) {
    booked.put(OF_OPERATOR, value);
  }

  @Override
  public boolean isLayer(Node node) {
    return builder.constant(node.input(1)).isPresent();
  }

  @Override
  public Optional<Node> bias(Node layer) {
    return Optional.empty();
  }

  @Override
  public boolean isBias(Node node) {
    return false;
  }

  @Override
  public void absorbed(Node node, String entry, Value value, Value of) {
    absorbed = ops(node).mul("kept", value, of);
  }

  /** Relevance that the rule kept to itself. */
  DoubleTensor absorbed() {
    return compute(absorbed);
  }

  @Override
  public void stay(Node node, int index, int axis, Value relevance) {
    stayed.add(relevance);
  }
}
