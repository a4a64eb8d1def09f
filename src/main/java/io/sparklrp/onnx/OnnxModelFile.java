package io.sparklrp.onnx;

import io.sparklrp.error.UserException;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.pass.DeadCode;
import io.sparklrp.graph.pass.Pass;
import io.sparklrp.graph.pass.PassLog;
import io.sparklrp.graph.pass.Stage;
import io.sparklrp.graph.raise.Raising;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an ONNX file (opset 7 to 24, as PyTorch's exporters, Optimum and ONNX Runtime's optimiser
 * write it) as a model that can be explained.
 */
public final class OnnxModelFile {
  private static final Set<String> PROBABILITY = Set.of("Softmax", "LogSoftmax", "Sigmoid");

  private static final String START = "start_logits";
  private static final String END = "end_logits";
  private static final String SPAN = "span.logits";

  private static final Pass<Graph> SPANS =
      new Pass<>("spans", "Makes one output of start and end.", OnnxModelFile::withSpan);

  private static final Pass<Graph> INPUTS =
      new Pass<>("inputs", "Leaves out what nobody reads.", OnnxModelFile::withoutUnreadInputs);

  private final ModelFile file;
  private final PassLog log;
  private final List<String> notes = new ArrayList<>();

  private OnnxModelFile(Path path, PassLog log) {
    this.file = new ModelFile(path);
    this.log = log;
  }

  /**
   * Reads a file.
   *
   * @param path the file; external data must be in its directory
   * @param embeddings name of the value X [batch, sequence, hidden] that is explained, or of an
   *     input that takes its place; the lookup of {@code input_ids} otherwise
   * @param output name of the output that is explained; otherwise {@code start_logits} and {@code
   *     end_logits} together, {@code logits}, the only output, {@code last_hidden_state} or the
   *     first output of floats
   * @throws UserException if that cannot be done; all operators that are not supported are named
   */
  public static OnnxModel read(Path path, Optional<String> embeddings, Optional<String> output) {
    return read(path, embeddings, output, PassLog.NONE);
  }

  /** The same, telling of each pass. */
  public static OnnxModel read(
      Path path, Optional<String> embeddings, Optional<String> output, PassLog log) {
    OnnxModelFile reader = new OnnxModelFile(path, log);
    try {
      return reader.read(embeddings, output);
    } catch (UserException e) {
      throw e;
    } catch (IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | IndexOutOfBoundsException
        | java.util.NoSuchElementException
        | NegativeArraySizeException
        | java.nio.BufferUnderflowException
        | ClassCastException e) {
      throw new UserException(
          reader
              .file
              .cannotRead(
                  "its graph is not consistent ("
                      + Names.shown(String.valueOf(e.getMessage()))
                      + ")",
                  "Export the model again")
              .getMessage(),
          e);
    }
  }

  private OnnxModel read(Optional<String> embeddings, Optional<String> output) {
    StoredGraph stored = StoredGraph.of(file);
    Graph whole = run("import", GraphImport.of(stored, file), List.of(SPANS));
    if (stored.nodes().stream().map(Node::op).anyMatch(QuantisedOperators.ALL::contains)) {
      notes.add(
          "The model is quantised: what is explained is the float model of its quantised weights.");
    }
    String wanted = output(whole, output);
    Graph kept = run("import", whole, List.of(kept(wanted, embeddings.map(StoredGraph::local))));
    Graph raised = Raising.apply(kept, log);
    String point = embeddings.map(name -> named(raised, name)).orElseGet(() -> lookup(raised));
    String logits = beforeProbability(raised, wanted);
    Graph pruned = run("finish", raised, List.of(kept(logits, Optional.empty()), INPUTS));
    checkPoint(pruned, point, logits);
    checkByRecord(pruned);
    Graph scoped = run("finish", pruned, List.of(ScopeAssignment.pass(point)));
    return new OnnxModel(
        new ModelGraph(scoped, point, logits),
        words(scoped, point),
        inputs(scoped, point),
        file.files(),
        notes);
  }

  /** What tokens replace where a later value is explained. */
  private static String words(Graph graph, String point) {
    List<String> lookups = Lookups.ofWords(graph);
    return lookups.size() == 1 ? lookups.get(0) : point;
  }

  private Graph run(String stage, Graph graph, List<Pass<Graph>> passes) {
    return new Stage<>(stage, passes).run(graph, changed -> changed, log);
  }

  private static Pass<Graph> kept(String output, Optional<String> embeddings) {
    return new Pass<>(
        "output", "Keeps what " + output + " needs.", graph -> only(graph, output, embeddings));
  }

  /**
   * Models that answer questions have two outputs of one number a token: they become one of two.
   */
  private static Graph withSpan(Graph graph) {
    List<String> names = graph.outputs().stream().map(Value::name).toList();
    if (!names.containsAll(List.of(START, END))) {
      return graph;
    }
    GraphBuilder builder = GraphBuilder.from(graph);
    Ops ops = new Ops(builder, "span", "head");
    Value start = ops.unsqueeze("start", builder.value(START), 2);
    Value end = ops.unsqueeze("end", builder.value(END), 2);
    List<Value> outputs = new ArrayList<>(List.of(ops.concat("logits", 2, List.of(start, end))));
    names.forEach(name -> outputs.add(builder.value(name)));
    return builder.build(outputs);
  }

  private static Graph only(Graph graph, String output, Optional<String> embeddings) {
    GraphBuilder builder = GraphBuilder.from(graph);
    List<Value> outputs = new ArrayList<>(List.of(builder.value(output)));
    embeddings.filter(builder::has).map(builder::value).ifPresent(outputs::add);
    return DeadCode.remove(builder.build(outputs));
  }

  private static Graph withoutUnreadInputs(Graph graph) {
    Set<String> read = new HashSet<>();
    graph.nodes().forEach(node -> read.addAll(node.inputs()));
    GraphBuilder builder = new GraphBuilder(graph.name());
    graph.inputs().stream()
        .filter(input -> read.contains(input.name()))
        .forEach(input -> builder.input(input.name(), input.type(), input.shape()));
    graph.initializers().forEach(builder::initializer);
    graph.nodes().forEach(builder::add);
    return builder.buildLike(graph);
  }

  private String output(Graph graph, Optional<String> wish) {
    List<String> floats =
        graph.outputs().stream()
            .filter(value -> value.type() == DataType.FLOAT32)
            .map(Value::name)
            .toList();
    if (wish.isPresent()) {
      return Optional.of(StoredGraph.local(wish.get()))
          .filter(graph::hasValue)
          .orElseThrow(() -> noSuch("output", wish.get(), floats));
    }
    if (floats.isEmpty()) {
      throw file.cannotRead("it has no output of floats", "Export the model with its logits");
    }
    for (String name : List.of(SPAN, StoredGraph.local("logits"), "last_hidden_state")) {
      if (floats.contains(name)) {
        return name;
      }
    }
    return floats.get(0);
  }

  private UserException noSuch(String what, String name, List<String> known) {
    return file.cannotRead(
        "it has no " + what + " " + Names.shown(name),
        "Name one of: " + Names.shown(String.join(", ", known)));
  }

  private String named(Graph graph, String name) {
    String local = StoredGraph.local(name);
    if (!graph.hasValue(local)) {
      throw noSuch("value to explain", name, Lookups.ofAnyWords(graph));
    }
    return local;
  }

  private String lookup(Graph graph) {
    List<String> words = Lookups.ofWords(graph);
    if (words.size() == 1) {
      return words.get(0);
    }
    List<String> known = Lookups.ofAnyWords(graph);
    String what =
        words.isEmpty()
            ? "no lookup of input_ids in a matrix of embeddings is found"
            : "several lookups of input_ids are found";
    throw file.cannotRead(
        what,
        known.isEmpty()
            ? "Export it with its embeddings as one matrix of floats, or name the value to explain"
            : "Name the value to explain: " + Names.shown(String.join(", ", known)));
  }

  /** The value that is made a probability at the very end, or the output itself. */
  private String beforeProbability(Graph graph, String output) {
    String at = output;
    Optional<Node> maker = graph.producer(at);
    while (maker.isPresent() && maker.get().op().equals("Identity")) {
      at = maker.get().input(0);
      maker = graph.producer(at);
    }
    if (maker.isEmpty() || !PROBABILITY.contains(maker.get().qualifiedOp())) {
      return output;
    }
    notes.add(
        String.format(
            "The model ends in %s: what is explained are its inputs, the logits.",
            maker.get().op()));
    return maker.get().input(0);
  }

  /** What is picked across all records of a batch depends on the others. */
  private void checkByRecord(Graph graph) {
    List<String> across =
        graph.nodes().stream()
            .filter(node -> node.qualifiedOp().equals("NonZero"))
            .map(node -> node.name() + " (NonZero)")
            .toList();
    if (!across.isEmpty()) {
      throw file.unsupported(across);
    }
  }

  private void checkPoint(Graph graph, String words, String logits) {
    if (!graph.hasValue(words)) {
      throw file.cannotRead(
          "the output " + Names.shown(logits) + " does not depend on " + Names.shown(words),
          "Name another output or value to explain");
    }
    Value x = graph.value(words);
    if (x.type() != DataType.FLOAT32 || x.rank() != 3) {
      throw file.cannotRead(
          Names.shown(words) + " is not of floats by record, token and channel",
          "Name another value to explain");
    }
    Value z = graph.value(logits);
    if (z.type() != DataType.FLOAT32 || z.rank() < 2 || !z.shape().dim(-1).isFixed()) {
      throw file.cannotRead(
          "the output " + Names.shown(logits) + " is not of floats by record and class",
          "Name another output");
    }
  }

  private List<String> inputs(Graph graph, String words) {
    List<String> others =
        graph.inputs().stream()
            .filter(input -> !input.name().equals(words))
            .filter(input -> input.type() != DataType.INT64 || input.rank() != 2)
            .map(Value::name)
            .toList();
    if (!others.isEmpty()) {
      throw file.cannotRead(
          "it needs inputs other than tokens: " + Names.shown(String.join(", ", others)),
          "Export it without past keys and values, and for text");
    }
    return graph.inputs().stream().map(Value::name).filter(name -> !name.equals(words)).toList();
  }
}
