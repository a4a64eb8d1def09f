package io.sparklrp.onnx;

import io.sparklrp.error.UserException;
import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.OnnxTypes;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A stored graph in the form of ours: every operator by the import of its name, or as it is where
 * its form has not changed between opset 11 and 21.
 */
final class GraphImport {
  private static final Map<String, Consumer<Importing>> IMPORTS = new HashMap<>();

  static {
    StandardOperators.register(IMPORTS);
    StandardAttention.register(IMPORTS);
    StandardRotary.register(IMPORTS);
    FusedOperators.register(IMPORTS);
    QuantisedOperators.register(IMPORTS);
    Convolution.register(IMPORTS);
  }

  /** What is fed as int64, in the type that the model reads. */
  private static final String TYPED = ".as_stored";

  private final StoredGraph stored;
  private final ModelFile file;
  private final GraphBuilder builder;
  private final Map<String, Node> makers = new HashMap<>();
  private final List<String> unsupported;

  private GraphImport(StoredGraph stored, ModelFile file) {
    this.stored = stored;
    this.file = file;
    this.builder = new GraphBuilder("onnx");
    this.unsupported = new ArrayList<>(stored.unsupportedNodes());
    stored.nodes().forEach(node -> node.outputs().forEach(output -> makers.put(output, node)));
  }

  /**
   * The graph.
   *
   * @throws UserException if operators or attributes are not supported; all such nodes are named
   */
  static Graph of(StoredGraph stored, ModelFile file) {
    return new GraphImport(stored, file).read();
  }

  private Graph read() {
    for (Node node : stored.nodes()) {
      if (!IMPORTS.containsKey(node.qualifiedOp()) && !GraphBuilder.knows(node.qualifiedOp())) {
        unsupported.add(node.name() + " (" + node.qualifiedOp() + ")");
      }
    }
    refuse();
    stored.inputs().forEach(this::input);
    stored.constants().forEach(builder::initializer);
    stored.nodes().forEach(node -> read(node.withInputs(typed(node.inputs()))));
    refuse();
    List<Value> outputs = stored.outputs().stream().distinct().map(builder::value).toList();
    return builder.build(outputs);
  }

  /** Whole numbers of any width, and masks of floats, are fed as int64. */
  private void input(Value input) {
    boolean isFed = input.type() == DataType.INT64 || !isOfTokens(input);
    builder.input(input.name(), isFed ? input.type() : DataType.INT64, input.shape());
    if (!isFed) {
      String name = input.name() + TYPED;
      Map<String, Attribute> to = Map.of("to", Attribute.of((long) OnnxTypes.code(input.type())));
      builder.add(new Node(name, "Cast", "", List.of(input.name()), List.of(name), to, ""));
    }
  }

  private static boolean isOfTokens(Value input) {
    return input.rank() == 2
        && (input.type() != DataType.FLOAT32 || input.name().equals("attention_mask"));
  }

  private List<String> typed(List<String> inputs) {
    return inputs.stream().map(name -> builder.has(name + TYPED) ? name + TYPED : name).toList();
  }

  private void refuse() {
    if (!unsupported.isEmpty()) {
      throw file.unsupported(unsupported);
    }
  }

  private void read(Node node) {
    if (!unsupported.isEmpty() && !isReadable(node)) {
      return;
    }
    Importing importing = new Importing(builder, node, stored.opset(node.domain()), makers);
    try {
      IMPORTS.getOrDefault(node.qualifiedOp(), Importing::same).accept(importing);
    } catch (UnsupportedOperationException e) {
      unsupported.add(node.name() + " (" + node.qualifiedOp() + ": " + e.getMessage() + ")");
    } catch (UserException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UserException(
          file.cannotRead(
                  String.format(
                      "node %s (%s) does not fit what it reads (%s)",
                      node.name(), node.qualifiedOp(), Names.shown(String.valueOf(e.getMessage()))),
                  "Export the model again")
              .getMessage(),
          e);
    }
  }

  /** Whether everything that the node reads could be read itself. */
  private boolean isReadable(Node node) {
    return node.inputs().stream().allMatch(name -> name.isEmpty() || builder.has(name));
  }
}
