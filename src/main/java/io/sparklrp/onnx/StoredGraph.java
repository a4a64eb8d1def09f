package io.sparklrp.onnx;

import ai.onnx.proto.OnnxMl;
import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The graph of an ONNX file as it is stored, its names checked and its nodes in topological order.
 * {@code Constant} nodes are constants, and every node has a name.
 */
final class StoredGraph {
  /** Inputs of text models, [batch, sequence] whatever their dimensions are called. */
  private static final Set<String> OF_TEXT =
      Set.of("input_ids", "attention_mask", "token_type_ids", "position_ids");

  private static final Set<String> OURS =
      Set.of(
          "logits",
          "predicted",
          "score",
          "relevance",
          "ledger",
          "seed",
          "positions",
          "word_mask",
          "given_index",
          "target_index",
          "target_weight");

  /**
   * Versions of ONNX's operators whose meaning is known; before 7 some add without broadcasting.
   */
  private static final long OLDEST_OPSET = 7;

  private static final long NEWEST_OPSET = 24;

  private static final Set<String> CONTROL = Set.of("If", "Loop", "Scan");

  private final ModelFile file;
  private final StoredTensors tensors;
  private final OnnxMl.GraphProto proto;
  private final Map<String, Long> opsets = new HashMap<>();
  private final Map<String, Tensor> constants = new LinkedHashMap<>();
  private final List<Value> inputs = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();
  private final List<String> unsupported = new ArrayList<>();
  private final Set<String> defined = new HashSet<>();
  private List<Node> nodes = new ArrayList<>();

  private StoredGraph(ModelFile file, OnnxMl.ModelProto model) {
    this.file = file;
    this.tensors = new StoredTensors(file);
    this.proto = model.getGraph();
    model.getOpsetImportList().forEach(set -> opsets.put(domain(set), set.getVersion()));
  }

  /** Reads the graph of a file. */
  static StoredGraph of(ModelFile file) {
    StoredGraph graph = new StoredGraph(file, file.parse());
    graph.read();
    return graph;
  }

  private static String domain(OnnxMl.OperatorSetIdProto set) {
    return set.getDomain().equals("ai.onnx") ? "" : set.getDomain();
  }

  private void read() {
    long version = opset("");
    if (version < OLDEST_OPSET || version > NEWEST_OPSET) {
      throw file.cannotRead(
          "its operators are of opset " + version + ", and those of 7 to 24 are known",
          "Export the model with opset 18");
    }
    if (proto.getNodeCount() == 0) {
      throw file.cannotRead("it holds no graph of operators", "Export or download the model again");
    }
    proto
        .getInitializerList()
        .forEach(
            tensor -> constant(local(tensor.getName()), tensors.tensor(tensor, tensor.getName())));
    if (proto.getSparseInitializerCount() > 0) {
      throw file.cannotRead(
          "it has sparse constants, which are not supported", "Export the model without them");
    }
    proto.getInputList().stream()
        .filter(input -> !constants.containsKey(local(input.getName())))
        .forEach(this::input);
    readNodes();
    proto.getOutputList().forEach(output -> outputs.add(local(output.getName())));
    nodes = sorted();
    checkOutputs();
  }

  /** A name in the graph: names that the relevance pass gives its own values get a prefix. */
  static String local(String name) {
    boolean isOurs =
        OURS.contains(name)
            || name.startsWith("const.")
            || name.startsWith("relevance.")
            || name.startsWith("output.");
    return isOurs ? "onnx." + name : name;
  }

  private void define(String name) {
    if (name.isEmpty() || !Names.isPlain(name)) {
      throw file.cannotRead(
          "the name of value '"
              + Names.shown(name)
              + "' is empty, too long or has control characters",
          "Export the model again");
    }
    if (!defined.add(name)) {
      throw file.cannotRead(
          "value " + Names.shown(name) + " is defined twice", "Export the model again");
    }
  }

  private void constant(String name, Tensor tensor) {
    define(name);
    constants.put(name, tensor);
  }

  private void input(OnnxMl.ValueInfoProto input) {
    String name = local(input.getName());
    define(name);
    OnnxMl.TypeProto.Tensor type = input.getType().getTensorType();
    ElementType element =
        ElementType.of(type.getElemType())
            .filter(e -> input.getType().hasTensorType())
            .orElseThrow(
                () ->
                    file.cannotRead(
                        "the type of input " + Names.shown(input.getName()) + " is not supported",
                        "Export the model with inputs that are tensors of numbers"));
    inputs.add(new Value(name, element.type(), shape(name, type)));
  }

  private Shape shape(String name, OnnxMl.TypeProto.Tensor type) {
    boolean isText = OF_TEXT.contains(name);
    List<OnnxMl.TensorShapeProto.Dimension> stored = type.getShape().getDimList();
    if (!type.hasShape() && !isText) {
      throw file.cannotRead(
          "the shape of input " + Names.shown(name) + " is not known",
          "Export the model with shapes of its inputs");
    }
    if (isText && stored.size() != 2) {
      return Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"));
    }
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < stored.size(); axis++) {
      dims.add(dim(name, stored.get(axis), axis, dims));
    }
    return new Shape(dims);
  }

  /** A dimension's size or name; a name that the input has already means something else. */
  private Dim dim(
      String input, OnnxMl.TensorShapeProto.Dimension stored, int axis, List<Dim> before) {
    if (stored.hasDimValue() && stored.getDimValue() > 0) {
      return Dim.of(stored.getDimValue());
    }
    if (OF_TEXT.contains(input)) {
      return Dim.symbol(axis == 0 ? "batch" : "sequence");
    }
    String name = stored.getDimParam();
    boolean usable = !name.isEmpty() && Names.isPlain(name) && !before.contains(Dim.symbol(name));
    if (axis == 0) {
      return Dim.symbol("batch");
    }
    return Dim.symbol(usable ? name : input + "#" + axis);
  }

  private void readNodes() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < proto.getNodeCount(); i++) {
      OnnxMl.NodeProto node = proto.getNode(i);
      String wish = node.getName().isEmpty() ? node.getOpType() + "_" + i : node.getName();
      wish = local(wish);
      String name = names.add(wish) ? wish : wish + "#" + i;
      names.add(name);
      readNode(node, name);
    }
  }

  private void readNode(OnnxMl.NodeProto node, String name) {
    if (!Names.isPlain(name) || !Names.isPlain(node.getOpType() + node.getDomain())) {
      throw file.cannotRead(
          "the name of node '" + Names.shown(name) + "' is too long or has control characters",
          "Export the model again");
    }
    Map<String, Attribute> attributes = new TreeMap<>();
    for (OnnxMl.AttributeProto attribute : node.getAttributeList()) {
      Optional<Attribute> read = attribute(attribute, name);
      if (read.isEmpty()) {
        unsupported.add(reason(node, name, attribute.getName()));
        defineOutputs(node);
        return;
      }
      attributes.put(attribute.getName(), read.get());
    }
    if (node.getOpType().equals("Constant") && node.getOutputCount() == 1) {
      constant(local(node.getOutput(0)), constantValue(attributes, name));
      return;
    }
    List<String> made = defineOutputs(node);
    String domain = node.getDomain().equals("ai.onnx") ? "" : node.getDomain();
    nodes.add(
        new Node(
            name,
            node.getOpType(),
            domain,
            node.getInputList().stream().map(StoredGraph::local).toList(),
            made,
            attributes,
            ""));
  }

  private List<String> defineOutputs(OnnxMl.NodeProto node) {
    List<String> made = node.getOutputList().stream().map(StoredGraph::local).toList();
    made.stream().filter(output -> !output.isEmpty()).forEach(this::define);
    return made;
  }

  private static String reason(OnnxMl.NodeProto node, String name, String attribute) {
    String shown = Names.shown(name) + " (" + node.getOpType();
    return CONTROL.contains(node.getOpType())
        ? shown + ": control flow)"
        : shown + ": attribute " + Names.shown(attribute) + ")";
  }

  private Optional<Attribute> attribute(OnnxMl.AttributeProto attribute, String node) {
    return switch (attribute.getType()) {
      case INT -> Optional.of(Attribute.of(attribute.getI()));
      case FLOAT -> Optional.of(Attribute.of(attribute.getF()));
      case INTS -> Optional.of(Attribute.of(List.copyOf(attribute.getIntsList())));
      case FLOATS -> Optional.of(new Attribute.FloatsValue(attribute.getFloatsList()));
      case STRING -> Optional.of(Attribute.of(attribute.getS().toStringUtf8()));
      case TENSOR ->
          Optional.of(new Attribute.TensorValue(tensors.tensor(attribute.getT(), "of " + node)));
      default -> Optional.empty();
    };
  }

  private Tensor constantValue(Map<String, Attribute> attributes, String node) {
    for (Attribute value : attributes.values()) {
      if (value instanceof Attribute.TensorValue tensor) {
        return tensor.value();
      } else if (value instanceof Attribute.LongValue number) {
        return Tensor.longs(new long[0], number.value());
      } else if (value instanceof Attribute.FloatValue number) {
        return Tensor.scalar(number.value());
      } else if (value instanceof Attribute.LongsValue numbers) {
        return Tensor.vector(numbers.values().stream().mapToLong(Long::longValue).toArray());
      } else if (value instanceof Attribute.FloatsValue numbers) {
        float[] elements = new float[numbers.values().size()];
        for (int i = 0; i < elements.length; i++) {
          elements[i] = numbers.values().get(i);
        }
        return Tensor.floats(new long[] {elements.length}, elements);
      }
    }
    throw file.cannotRead(
        "constant " + Names.shown(node) + " has no numbers", "Export the model again");
  }

  /** The nodes in topological order. */
  private List<Node> sorted() {
    Map<String, Node> makers = new HashMap<>();
    nodes.forEach(node -> node.outputs().forEach(output -> makers.put(output, node)));
    Map<String, Integer> waiting = new HashMap<>();
    Map<String, List<Node>> readers = new HashMap<>();
    Deque<Node> ready = new ArrayDeque<>();
    for (Node node : nodes) {
      List<String> made =
          node.inputs().stream()
              .distinct()
              .filter(i -> !i.isEmpty() && isDefined(node, i) && makers.containsKey(i))
              .toList();
      made.forEach(input -> readers.computeIfAbsent(input, i -> new ArrayList<>()).add(node));
      waiting.put(node.name(), made.size());
      if (made.isEmpty()) {
        ready.add(node);
      }
    }
    List<Node> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      Node node = ready.poll();
      order.add(node);
      for (String output : node.outputs()) {
        for (Node reader : readers.getOrDefault(output, List.of())) {
          if (waiting.merge(reader.name(), -1, Integer::sum) == 0) {
            ready.add(reader);
          }
        }
      }
    }
    if (order.size() < nodes.size()) {
      throw file.cannotRead("its nodes depend on each other in a circle", "Export the model again");
    }
    return inStoredOrder(order);
  }

  /** The stored order where it is topological already, which keeps errors and names in place. */
  private List<Node> inStoredOrder(List<Node> order) {
    Set<String> known = new HashSet<>(constants.keySet());
    inputs.forEach(input -> known.add(input.name()));
    known.add("");
    for (Node node : nodes) {
      if (!known.containsAll(node.inputs())) {
        return order;
      }
      known.addAll(node.outputs());
    }
    return nodes;
  }

  private boolean isDefined(Node reader, String input) {
    if (!defined.contains(input)) {
      throw file.cannotRead(
          String.format(
              "node %s reads %s, which nothing makes",
              Names.shown(reader.name()), Names.shown(input)),
          "Export the model again");
    }
    return true;
  }

  private void checkOutputs() {
    for (String output : outputs) {
      if (!defined.contains(output)) {
        throw file.cannotRead(
            "nothing makes its output " + Names.shown(output), "Export the model again");
      }
    }
  }

  /** The version of an operator set, as declared. */
  long opset(String domain) {
    return opsets.getOrDefault(domain, 1L);
  }

  /** The constants. */
  Map<String, Tensor> constants() {
    return constants;
  }

  /** What the model is fed with. */
  List<Value> inputs() {
    return inputs;
  }

  /** The nodes, each after those whose outputs it reads. */
  List<Node> nodes() {
    return nodes;
  }

  /** Names of the outputs. */
  List<String> outputs() {
    return outputs;
  }

  /** Nodes that could not be read: name, operator and why. */
  List<String> unsupportedNodes() {
    return unsupported;
  }
}
