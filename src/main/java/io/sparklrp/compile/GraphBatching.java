package io.sparklrp.compile;

import io.sparklrp.engine.Batching;
import io.sparklrp.engine.Batching.Sharing;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.flow.BatchDependence;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Which records may share a batch, as far as a model's graph tells without being run. */
final class GraphBatching {
  private static final Set<String> OF_TOKENS =
      Set.of("input_ids", "attention_mask", "token_type_ids", "position_ids");
  private static final String MASK = "attention_mask";

  private GraphBatching() {}

  static Batching of(ModelGraph model) {
    Graph graph = model.graph();
    List<Value> tokens =
        graph.inputs().stream().filter(input -> OF_TOKENS.contains(input.name())).toList();
    boolean hasMask = tokens.stream().anyMatch(input -> input.name().equals(MASK));
    Batching fixed =
        Batching.PADDED.fixed(
            (int) fixed(tokens, 1).orElse(Batching.FREE),
            (int) fixed(graph.inputs(), 0).orElse(Batching.FREE),
            hasMask);
    if (fixed.records() == 1) {
      fixed = fixed.atLeast(Sharing.ONE_RECORD, "the model's batches have one record each");
    }
    if (!tokens.isEmpty() && !hasMask) {
      fixed =
          fixed.atLeast(
              Sharing.ONE_LENGTH, "the model has no input attention_mask, so none can be padded");
    }
    return dependent(fixed, BatchDependence.of(graph, model.logits()));
  }

  /** Tokens of every batch, if the graph fixes them. */
  static OptionalLong length(Graph graph) {
    List<Value> tokens =
        graph.inputs().stream().filter(input -> OF_TOKENS.contains(input.name())).toList();
    return fixed(tokens, 1);
  }

  private static OptionalLong fixed(List<Value> inputs, int axis) {
    return inputs.stream()
        .filter(input -> input.rank() > axis)
        .map(input -> input.shape().dim(axis))
        .filter(Dim::isFixed)
        .mapToLong(Dim::size)
        .findFirst();
  }

  private static Batching dependent(Batching batching, BatchDependence.Result found) {
    Batching result = batching;
    if (found.width().isPresent()) {
      result =
          result.atLeast(
              Sharing.ONE_LENGTH,
              "node " + found.width().get() + " computes with the batch's number of tokens");
    }
    if (found.lengths().isPresent()) {
      result =
          result.atLeast(
              Sharing.ONE_LENGTH,
              "node " + found.lengths().get() + " reads the lengths of all records of the batch");
    }
    if (found.records().isPresent()) {
      result =
          result.atLeast(
              Sharing.ONE_RECORD,
              "node " + found.records().get() + " brings the records of a batch together");
    }
    return result;
  }
}
