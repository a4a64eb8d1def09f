package io.sparklrp.graph;

import io.sparklrp.graph.op.OpInputs;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.SizeVectors;
import io.sparklrp.graph.op.ValueType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a graph node by node; every node's types and shapes are inferred, and its names checked,
 * when it is added.
 */
public final class GraphBuilder {
  private final String name;
  private final List<Value> inputs = new ArrayList<>();
  private final Map<String, Tensor> initializers = new LinkedHashMap<>();
  private final Map<String, Tensor> outerConstants = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, List<Optional<Size>>> sizes = new HashMap<>();
  private final ValueSizes valueSizes = new ValueSizes();
  private final Map<String, Integer> nodeNames = new HashMap<>();

  /** A builder of an empty graph. */
  public GraphBuilder(String name) {
    this.name = name;
  }

  /** A builder that starts with a graph's inputs and constants, and no node. */
  public static GraphBuilder withInputsOf(Graph graph) {
    GraphBuilder builder = new GraphBuilder(graph.name());
    graph.inputs().forEach(input -> builder.input(input.name(), input.type(), input.shape()));
    graph.initializers().forEach(builder::initializer);
    return builder;
  }

  /** A builder that starts with all of a graph but its outputs. */
  public static GraphBuilder from(Graph graph) {
    GraphBuilder builder = withInputsOf(graph);
    graph.nodes().forEach(builder::add);
    return builder;
  }

  /** Adds an input. */
  public Value input(String inputName, DataType type, Shape shape) {
    Value value = define(new Value(inputName, type, shape));
    valueSizes.checkInput(value);
    inputs.add(value);
    return value;
  }

  /** Adds a constant. */
  public Value initializer(String constantName, Tensor tensor) {
    Value value = define(new Value(constantName, tensor.type(), Shape.of(tensor.shape())));
    initializers.put(constantName, tensor);
    valueSizes.addConstant(value);
    SizeVectors.of(tensor).ifPresent(found -> sizes.put(constantName, found));
    return value;
  }

  /**
   * Makes a value of another graph known, for nodes that read it: the body of a Scan reads values
   * of the graph around it.
   */
  public Value outer(Graph around, String valueName) {
    around.constant(valueName).ifPresent(tensor -> outerConstants.put(valueName, tensor));
    return define(around.value(valueName));
  }

  /** A constant of that name, added if it is not there yet: the name must say what it holds. */
  public Value shared(String constantName, Tensor tensor) {
    Value value = values.get(constantName);
    return value != null ? value : initializer(constantName, tensor);
  }

  /** A name that no node has yet: the wish itself, or the wish with a number. */
  public String freeName(String wish) {
    String free = wish;
    while (nodeNames.containsKey(free) || values.containsKey(free)) {
      free = wish + "." + nodeNames.merge(wish, 1, Integer::sum);
    }
    return free;
  }

  /** Adds a node and gives its outputs; those with an empty name are left out. */
  public List<Value> add(Node node) {
    if (nodeNames.putIfAbsent(node.name(), 1) != null) {
      throw new IllegalArgumentException(
          "Cannot add node " + node.name() + ": there is one of that name.");
    }
    OpInputs read = read(node);
    List<ValueType> types = Operators.outputs(read);
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < node.outputs().size(); i++) {
      if (!node.outputs().get(i).isEmpty()) {
        ValueType typed = types.get(i);
        Value made = new Value(node.outputs().get(i), typed.type(), typed.shape());
        valueSizes.checkMade(made, node, read);
        outputs.add(define(made));
      }
    }
    nodes.add(node);
    SizeVectors.of(read, types.get(0)).ifPresent(found -> sizes.put(node.output(), found));
    return outputs;
  }

  /**
   * Gives a node one of its optional outputs, such as LayerNormalization's InvStdDev.
   *
   * @param nodeName the node
   * @param index place of the output in the operator's order
   * @return the output, which may have been there already
   */
  public Value optionalOutput(String nodeName, int index) {
    int at = indexOf(nodeName);
    Node node = nodes.get(at);
    if (index < node.outputs().size() && !node.outputs().get(index).isEmpty()) {
      return value(node.outputs().get(index));
    }
    List<String> outputs = new ArrayList<>(node.outputs());
    while (outputs.size() <= index) {
      outputs.add("");
    }
    outputs.set(index, freeName(nodeName + ".output" + index));
    nodes.set(at, node.withOutputs(outputs));
    ValueType typed = Operators.outputs(read(node)).get(index);
    return define(new Value(outputs.get(index), typed.type(), typed.shape()));
  }

  /**
   * Computes a node's only output by another node from now on, which may read values that are
   * defined after it.
   *
   * @param nodeName the node to replace
   * @param replacement a node with the same name and output
   */
  public void replace(String nodeName, Node replacement) {
    int at = indexOf(nodeName);
    if (!nodes.get(at).outputs().equals(replacement.outputs())
        || !replacement.name().equals(nodeName)) {
      throw new IllegalArgumentException(
          "Cannot replace node " + nodeName + ": the new one has other names.");
    }
    replacement.inputs().forEach(input -> find(replacement, input));
    nodes.set(at, replacement);
  }

  private int indexOf(String nodeName) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).name().equals(nodeName)) {
        return i;
      }
    }
    throw new IllegalArgumentException("Cannot find node " + nodeName + " in graph " + name + ".");
  }

  private OpInputs read(Node node) {
    List<Optional<Value>> read = node.inputs().stream().map(input -> find(node, input)).toList();
    return new OpInputs(node, read, this::constant, this::sizes);
  }

  private Optional<Value> find(Node node, String input) {
    if (input.isEmpty()) {
      return Optional.empty();
    }
    Value value = values.get(input);
    if (value == null) {
      throw new IllegalArgumentException(
          "Cannot add node " + node.name() + ": its input " + input + " is not defined before it.");
    }
    return Optional.of(value);
  }

  private Value define(Value value) {
    if (values.putIfAbsent(value.name(), value) != null) {
      throw new IllegalArgumentException(
          "Cannot define value " + value.name() + ": there is one of that name.");
    }
    return value;
  }

  /** Whether there is a value of that name. */
  public boolean hasValue(String valueName) {
    return values.containsKey(valueName);
  }

  /** The value of a name. */
  public Value value(String valueName) {
    Value value = values.get(valueName);
    if (value == null) {
      throw new IllegalArgumentException(
          "Cannot find value " + valueName + " in graph " + name + ".");
    }
    return value;
  }

  /** Whether there is a value of that name. */
  public boolean has(String valueName) {
    return values.containsKey(valueName);
  }

  /** The constant of a name; empty for everything else. */
  public Optional<Tensor> constant(String valueName) {
    Tensor own = initializers.get(valueName);
    return Optional.ofNullable(own != null ? own : outerConstants.get(valueName));
  }

  /**
   * What is known of the elements of a value that is a small scalar or vector of whole numbers,
   * such as the target of a Reshape; empty for everything else.
   */
  public Optional<List<Optional<Size>>> sizes(String valueName) {
    return Optional.ofNullable(sizes.get(valueName));
  }

  /** Whether nodes of an operator can be added. */
  public static boolean knows(String qualifiedOp) {
    return Operators.named(qualifiedOp).isPresent();
  }

  /** The graph, with the given values as its outputs. */
  public Graph build(Collection<Value> outputs) {
    return new Graph(name, inputs, initializers, sorted(), List.copyOf(outputs), values, sizes);
  }

  /** The graph, with outputs of the same names as another's. */
  public Graph buildLike(Graph other) {
    return build(other.outputs().stream().map(output -> value(output.name())).toList());
  }

  /** The nodes in topological order, otherwise as they were added. */
  private List<Node> sorted() {
    Map<String, Node> makers = new HashMap<>();
    nodes.forEach(node -> node.outputs().forEach(output -> makers.put(output, node)));
    makers.remove("");
    Set<Node> done = new LinkedHashSet<>();
    nodes.forEach(node -> place(node, makers, done));
    return List.copyOf(done);
  }

  private static void place(Node node, Map<String, Node> makers, Set<Node> done) {
    Deque<Node> waiting = new ArrayDeque<>(List.of(node));
    Set<Node> open = new HashSet<>(waiting);
    while (!waiting.isEmpty()) {
      Node next = waiting.peek();
      Optional<Node> missing =
          done.contains(next)
              ? Optional.empty()
              : next.inputs().stream()
                  .map(makers::get)
                  .filter(m -> m != null && !done.contains(m))
                  .findFirst();
      if (missing.isEmpty()) {
        done.add(waiting.pop());
        open.remove(next);
      } else if (open.add(missing.get())) {
        waiting.push(missing.get());
      } else {
        throw new IllegalStateException(
            "Cannot order the graph: node " + next.name() + " reads its own result.");
      }
    }
  }
}
