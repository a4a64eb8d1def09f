package io.sparklrp.graph;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One application of an ONNX operator.
 *
 * @param name its name, unique in the graph
 * @param op the operator, such as {@code MatMul}
 * @param domain the operator's domain: empty for ONNX's own, or {@code com.microsoft}
 * @param inputs names of the inputs in the operator's order; empty for an absent optional one
 * @param outputs names of the outputs likewise
 * @param attributes the attributes that are set
 * @param scope the part of the model that the node belongs to, such as {@code layer.3}
 */
public record Node(
    String name,
    String op,
    String domain,
    List<String> inputs,
    List<String> outputs,
    Map<String, Attribute> attributes,
    String scope) {
  /** Domain of ONNX Runtime's own operators. */
  public static final String MICROSOFT = "com.microsoft";

  /** Of {@code QuantizeLinear}: how many elements along its axis have one scale. */
  public static final String BLOCK_SIZE = "block_size";

  /** Copies. */
  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Map.copyOf(attributes);
  }

  /** Name of the first output. */
  public String output() {
    return outputs.get(0);
  }

  /** Name of input {@code index}; empty where it is absent. */
  public String input(int index) {
    return index < inputs.size() ? inputs.get(index) : "";
  }

  /** Whether input {@code index} is given. */
  public boolean hasInput(int index) {
    return !input(index).isEmpty();
  }

  /** A whole-number attribute. */
  public long integer(String key, long absent) {
    return attributes.get(key) instanceof Attribute.LongValue set ? set.value() : absent;
  }

  /** A number attribute. */
  public float decimal(String key, float absent) {
    return attributes.get(key) instanceof Attribute.FloatValue set ? set.value() : absent;
  }

  /** A text attribute. */
  public String text(String key, String absent) {
    return attributes.get(key) instanceof Attribute.StringValue set ? set.value() : absent;
  }

  /** An attribute of whole numbers. */
  public List<Long> integers(String key, List<Long> absent) {
    return attributes.get(key) instanceof Attribute.LongsValue set ? set.values() : absent;
  }

  /** Graphs that the node runs itself, such as the body of a Scan. */
  public List<Graph> graphs() {
    return new TreeMap<>(attributes)
        .values().stream()
            .filter(Attribute.GraphValue.class::isInstance)
            .map(attribute -> ((Attribute.GraphValue) attribute).value())
            .toList();
  }

  /** The same node with other inputs. */
  public Node withInputs(List<String> changed) {
    return new Node(name, op, domain, changed, outputs, attributes, scope);
  }

  /** The same node with other outputs. */
  public Node withOutputs(List<String> changed) {
    return new Node(name, op, domain, inputs, changed, attributes, scope);
  }

  /** The operator with its domain, as messages name it. */
  public String qualifiedOp() {
    return domain.isEmpty() ? op : domain + "." + op;
  }
}
