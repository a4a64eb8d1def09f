package io.sparklrp.onnx;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;
import io.sparklrp.graph.pass.Pass;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says which part of the model each node belongs to, and thus which entry of the ledger its
 * constants: by the names of parameters and nodes, and by where constants meet the word lookup or
 * the scores of attention.
 */
final class ScopeAssignment {
  private static final Pattern LAYER =
      Pattern.compile("(?:^|[./])(?:layers?|h|blocks?)[._](\\d{1,4})(?=[./]|$)");

  /** Layers that share their parameters: nothing says which of them a node is of. */
  private static final Pattern SHARED = Pattern.compile("layer_groups|_layers?[._]\\d");

  private static final String LAYERS = "layers";
  private static final String EMBEDDINGS = "embeddings";
  private static final String POSITION = "position";
  private static final String SEGMENT = "segment";
  private static final String MASK = "mask";
  private static final String FINAL_NORM = "final_norm";
  private static final String HEAD = "head";

  private final Graph graph;
  private final Set<String> active = new HashSet<>();
  private final Map<String, String> scopes = new HashMap<>();
  private final Map<String, String> valueScopes = new HashMap<>();

  private ScopeAssignment(Graph graph, String words) {
    this.graph = graph;
    active.add(words);
  }

  /** This pass, for a word lookup. */
  static Pass<Graph> pass(String words) {
    return new Pass<>(
        "parts", "Says which part of the model each node is of.", graph -> apply(graph, words));
  }

  /** The graph with scopes. */
  static Graph apply(Graph graph, String words) {
    ScopeAssignment assignment = new ScopeAssignment(graph, words);
    assignment.findActive();
    graph.nodes().forEach(assignment::byName);
    assignment.embeddings(words);
    graph.nodes().stream()
        .filter(node -> node.op().equals("Softmax"))
        .filter(node -> assignment.active.contains(node.output()))
        .forEach(node -> assignment.scores(node.input(0)));
    return assignment.rebuilt();
  }

  private void findActive() {
    for (Node node : graph.nodes()) {
      if (node.inputs().stream().anyMatch(active::contains)) {
        node.outputs().stream()
            .filter(output -> !output.isEmpty())
            .filter(output -> graph.value(output).type() == DataType.FLOAT32)
            .forEach(active::add);
      }
    }
  }

  private Graph rebuilt() {
    GraphBuilder builder = new GraphBuilder(graph.name());
    graph.inputs().forEach(input -> builder.input(input.name(), input.type(), input.shape()));
    graph.initializers().forEach(builder::initializer);
    for (Node node : graph.nodes()) {
      String scope = scopes.getOrDefault(node.name(), EMBEDDINGS);
      builder.add(
          new Node(
              node.name(),
              node.op(),
              node.domain(),
              node.inputs(),
              node.outputs(),
              node.attributes(),
              scope));
    }
    return builder.buildLike(graph);
  }

  private void byName(Node node) {
    boolean isActive = active.contains(node.output());
    String scope = isActive ? activeScope(node) : layer(node).orElse(EMBEDDINGS);
    scopes.put(node.name(), scope);
    if (isActive) {
      node.outputs().forEach(output -> valueScopes.put(output, scope));
    }
  }

  private Optional<String> layer(Node node) {
    for (String input : node.inputs()) {
      Optional<String> found = graph.constant(input).isPresent() ? layer(input) : Optional.empty();
      if (found.isPresent()) {
        return found;
      }
    }
    return layer(node.name());
  }

  private static Optional<String> layer(String name) {
    Matcher matcher = LAYER.matcher(name);
    if (matcher.find()) {
      return Optional.of("layer." + Integer.parseInt(matcher.group(1)));
    }
    return SHARED.matcher(name).find() ? Optional.of(LAYERS) : Optional.empty();
  }

  private String activeScope(Node node) {
    Optional<String> layer = layer(node);
    if (layer.isPresent()) {
      return layer.get();
    }
    String before =
        node.inputs().stream()
            .filter(active::contains)
            .map(input -> valueScopes.getOrDefault(input, EMBEDDINGS))
            .max((a, b) -> Integer.compare(order(a), order(b)))
            .orElse(EMBEDDINGS);
    if (before.equals(EMBEDDINGS) || !isNamed(node)) {
      return before;
    }
    boolean isFinalNorm = Operators.is(node, Trait.NORMALISING) && before.startsWith("layer");
    boolean isPassing = !hasParameter(node) && before.startsWith("layer");
    return isFinalNorm ? FINAL_NORM : isPassing ? before : HEAD;
  }

  private static int order(String scope) {
    return switch (scope) {
      case EMBEDDINGS -> -1;
      case FINAL_NORM -> Integer.MAX_VALUE - 1;
      case HEAD -> Integer.MAX_VALUE;
      case LAYERS -> 0;
      default -> Integer.parseInt(scope.substring(scope.indexOf('.') + 1));
    };
  }

  /** Whether the node's name, or a parameter's, says where it is. */
  private boolean isNamed(Node node) {
    return node.name().contains("/")
        || node.inputs().stream()
            .anyMatch(input -> graph.constant(input).isPresent() && isParameterName(input));
  }

  private boolean hasParameter(Node node) {
    return node.inputs().stream()
        .anyMatch(
            input ->
                graph.constant(input).isPresent()
                    && graph.value(input).type() == DataType.FLOAT32
                    && graph.value(input).rank() > 0);
  }

  private static boolean isParameterName(String name) {
    return name.contains(".") && !name.startsWith("const.") && !name.startsWith("onnx::");
  }

  /** Constants that meet the word lookup in a sum. */
  private void embeddings(String words) {
    Set<String> sums = new HashSet<>(Set.of(words));
    for (Node node : graph.nodes()) {
      List<String> summed = node.inputs().stream().filter(sums::contains).toList();
      if (summed.size() != 1 || !Operators.isPassing(node, summed.get(0))) {
        continue;
      }
      boolean meetsOnlyConstants =
          node.inputs().stream().noneMatch(i -> active.contains(i) && !sums.contains(i));
      if (meetsOnlyConstants) {
        sums.add(node.output());
        if (node.op().equals("Add")) {
          node.inputs().stream()
              .filter(input -> !sums.contains(input))
              .forEach(input -> meets(node, input));
        }
      }
    }
  }

  private void meets(Node add, String constant) {
    Optional<String> kind = lookupKind(constant);
    if (kind.isEmpty()) {
      return;
    }
    Optional<Node> maker = graph.producer(constant);
    scopes.put(maker.orElse(add).name(), kind.get());
  }

  /** Position or segment; empty for a plain parameter. */
  private Optional<String> lookupKind(String constant) {
    String table = constant;
    Deque<String> waiting = new ArrayDeque<>(List.of(constant));
    Set<String> seen = new HashSet<>();
    boolean isLookup = false;
    boolean isByType = false;
    while (!waiting.isEmpty()) {
      String at = waiting.pop();
      if (!seen.add(at)) {
        continue;
      }
      isByType |= at.equals("token_type_ids");
      boolean isTable =
          graph.constant(at).isPresent()
              && graph.value(at).type() == DataType.FLOAT32
              && graph.value(at).rank() > 1;
      isLookup |= isTable;
      table = isTable ? at : table;
      graph
          .producer(at)
          .filter(node -> !node.op().equals("Shape"))
          .ifPresent(node -> waiting.addAll(node.inputs()));
    }
    boolean isTypeTable = table.contains("token_type") || table.contains("segment");
    boolean isComputed = graph.producer(constant).isPresent();
    if (!isLookup && !isComputed) {
      return Optional.empty();
    }
    return Optional.of(isByType || isTypeTable ? SEGMENT : POSITION);
  }

  /** What is added to scores is the mask, or a bias by position. */
  private void scores(String value) {
    Optional<Node> maker = graph.producer(value);
    while (maker.isPresent() && isBetweenScores(maker.get())) {
      Node node = maker.get();
      List<String> scores = node.inputs().stream().filter(active::contains).toList();
      if (scores.size() != 1) {
        return;
      }
      node.inputs().stream()
          .filter(input -> !active.contains(input))
          .forEach(
              input ->
                  graph
                      .producer(input)
                      .ifPresent(made -> scopes.put(made.name(), maskOrPosition(input))));
      maker = graph.producer(scores.get(0));
    }
  }

  /** Whether a node may be between the scores and their softmax. */
  private static boolean isBetweenScores(Node node) {
    return Operators.is(node, Trait.ELEMENTWISE) || Operators.is(node, Trait.MOVING);
  }

  private String maskOrPosition(String value) {
    return lookupKind(value).filter(kind -> hasTable(value)).isPresent() ? POSITION : MASK;
  }

  private boolean hasTable(String value) {
    Deque<String> waiting = new ArrayDeque<>(List.of(value));
    Set<String> seen = new HashSet<>();
    while (!waiting.isEmpty()) {
      String at = waiting.pop();
      if (seen.add(at)) {
        boolean isTable =
            graph.producer(at).isPresent()
                && graph.producer(at).get().op().equals("Gather")
                && graph.value(at).type() == DataType.FLOAT32
                && Lookups.isConstant(graph, graph.producer(at).get().input(0));
        if (isTable) {
          return true;
        }
        graph.producer(at).stream()
            .flatMap(node -> node.inputs().stream())
            .filter(input -> !input.isEmpty())
            .filter(input -> graph.value(input).type() == DataType.FLOAT32)
            .forEach(waiting::add);
      }
    }
    return false;
  }
}
