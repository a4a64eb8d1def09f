package io.sparklrp.engine;

import io.sparklrp.model.Procedure;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the engine needs to run a model: its compiled graphs by role, and the tokenizer.
 *
 * <p>Inputs of a graph are those of {@link io.sparklrp.record.EncodedRecord#input}; {@code
 * positions}, int64 [batch, rows]; {@code seed}, float [batch, outputs]; {@code target_index} and
 * {@code target_weight}, [batch, parts], or [targets, batch, parts]; {@code given_index} of the
 * same shape, where targets are given to some records. Outputs of the role that explains: see
 * {@link io.sparklrp.record.RecordRelevance}.
 */
public final class Program implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final EnumMap<Role, RoleGraph> graphs;
  private final List<String> ledgerEntries;
  private final Procedure procedure;
  private final int outputs;
  private final long paddingId;
  private final Batching batching;
  private final TokenizerSettings tokenizer;

  /**
   * A program.
   *
   * @param key identifies graphs and tokenizer: programs of the same key share what is loaded
   * @param graphs the graphs; each program explains, and some predict too
   * @param ledgerEntries names of the ledger's columns
   * @param procedure what is done with what the explaining graph gives
   * @param outputs number of outputs of a row
   * @param paddingId id of the token that fills records up
   * @param batching which records may share a batch, as far as the graph tells
   * @param tokenizer how texts become tokens; empty for models of images
   */
  public Program(
      String key,
      Map<Role, RoleGraph> graphs,
      List<String> ledgerEntries,
      Procedure procedure,
      int outputs,
      long paddingId,
      Batching batching,
      Optional<TokenizerSettings> tokenizer) {
    this.key = key;
    this.graphs = new EnumMap<>(graphs);
    this.ledgerEntries = List.copyOf(ledgerEntries);
    this.procedure = procedure;
    this.outputs = outputs;
    this.paddingId = paddingId;
    this.batching = batching;
    this.tokenizer = tokenizer.orElse(null);
  }

  /** Identifies graphs and tokenizer. */
  public String key() {
    return key;
  }

  /** The graph of a role; empty where the program has none. */
  public Optional<RoleGraph> graph(Role role) {
    return Optional.ofNullable(graphs.get(role));
  }

  /** Names of the ledger's columns. */
  public List<String> ledgerEntries() {
    return ledgerEntries;
  }

  /** What is done with what the explaining graph gives of a record. */
  public Procedure procedure() {
    return procedure;
  }

  /** Number of outputs of a row. */
  public int outputs() {
    return outputs;
  }

  /** Id of the token that fills records up. */
  public long paddingId() {
    return paddingId;
  }

  /** Which records may share a batch, as far as the graph tells. */
  public Batching batching() {
    return batching;
  }

  /** How texts become tokens; empty for models of images. */
  public Optional<TokenizerSettings> tokenizer() {
    return Optional.ofNullable(tokenizer);
  }

  /** The same program after the files of its graphs were copied into a directory. */
  public Program in(Path directory) {
    Map<Role, RoleGraph> located = new EnumMap<>(Role.class);
    graphs.forEach((role, graph) -> located.put(role, graph.in(directory)));
    return new Program(
        key,
        located,
        ledgerEntries,
        procedure,
        outputs,
        paddingId,
        batching,
        Optional.ofNullable(tokenizer));
  }

  /** The graph that explains. */
  public RoleGraph explain() {
    return graphs.get(Role.EXPLAIN);
  }

  /** Size of all graphs, weights included. */
  public long bytes() {
    return graphs.values().stream().mapToLong(graph -> graph.graph().bytes()).sum();
  }

  /** What the engine computes for a batch, in all graphs and as often as each is run. */
  public OperationFunction operations() {
    return graphs.entrySet().stream()
        .map(entry -> operations(entry.getKey(), entry.getValue().operations()))
        .reduce(OperationFunction.NONE, OperationFunction::plus);
  }

  private OperationFunction operations(Role role, OperationFunction once) {
    if (role == Role.SCORE && procedure instanceof Procedure.Occlusion) {
      return once.times(1, 1);
    }
    return role == Role.STEP && procedure instanceof Procedure.Path path
        ? once.times(path.steps(), 0)
        : once;
  }

  /** What the engine holds of a batch, in the graph that holds most. */
  public MemoryFunction memory() {
    return graphs.values().stream()
        .map(RoleGraph::memory)
        .reduce(MemoryFunction.NONE, MemoryFunction::or);
  }

  /** Files of graphs that are not in memory. */
  public List<Path> files() {
    return graphs.values().stream().flatMap(graph -> graph.graph().files().stream()).toList();
  }

  /** Whether the weights of all outputs have to be given with each record. */
  public boolean isSeeded() {
    return explain().inputs().contains("seed");
  }

  /** Whether each record says which rows of outputs it reads. */
  public boolean selectsRows() {
    return explain().inputs().contains("positions");
  }

  /** Whether each record says what its targets are. */
  public boolean hasGivenTargets() {
    return explain().inputs().contains("target_index");
  }

  /** Whether a record can have several targets. */
  public boolean hasSeveralTargets() {
    return explain().hasSeveralTargets();
  }
}
