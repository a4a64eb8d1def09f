package io.sparklrp.engine;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * A compiled graph and what it is given.
 *
 * @param graph the graph
 * @param inputs names of its inputs
 * @param isByToken whether its outputs have a row for each token of the record
 * @param isRanked whether only the highest outputs of each row come out
 * @param hasSeveralTargets whether a record can have several targets
 * @param memory what the engine holds of a batch
 * @param operations what it computes for one
 */
public record RoleGraph(
    CompiledGraph graph,
    List<String> inputs,
    boolean isByToken,
    boolean isRanked,
    boolean hasSeveralTargets,
    MemoryFunction memory,
    OperationFunction operations)
    implements Serializable {
  /** Copies. */
  public RoleGraph {
    inputs = List.copyOf(inputs);
  }

  RoleGraph in(Path directory) {
    return new RoleGraph(
        graph.in(directory), inputs, isByToken, isRanked, hasSeveralTargets, memory, operations);
  }
}
