package io.sparklrp.spark.explain;

import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.spark.model.MemoryPlan;
import io.sparklrp.spark.model.ModelTrial;
import io.sparklrp.spark.model.TriedModel;
import io.sparklrp.spark.settings.ExplainRequest;
import io.sparklrp.spark.spread.PartitionPlan;
import io.sparklrp.spark.spread.SpreadInput;
import io.sparklrp.table.RowOrigin;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run is going to do, all of it checked: the first step. To be closed.
 *
 * @param request what is asked, in the numbers in which it is computed
 * @param input the records that are to be explained, and how they are spread over tasks
 * @param already records of the input that the output holds already
 * @param tried the model, where it is going to be run
 * @param targetColumn the column that names each record's target; null for none
 * @param spec what is explained
 * @param memory what executors need, and how large batches are
 * @param origin what every row says of its origin: the run's id is given here
 * @param started when records were first looked at, in nanoseconds
 */
record ExplainPlan(
    ExplainRequest request,
    SpreadInput input,
    long already,
    TriedModel tried,
    String targetColumn,
    ExplainSpec spec,
    MemoryPlan memory,
    RowOrigin origin,
    long started)
    implements AutoCloseable {
  /** Tries the model on the records, where that is to be done before the work. */
  ModelTrial trial() {
    return partitions().records() == 0
        ? ModelTrial.of(spec.program().batching())
        : tried.on(
            new ModelTrial.Subject(request, input.kept().rows(), targetColumn, memory.batches()));
  }

  /** What a user should know of it, a sentence each. */
  List<String> notes() {
    Optional<String> ofTasks = partitions().sizing().note(partitions().all());
    return Stream.of(spec.card().notes(), memory.notes(), ofTasks.stream().toList())
        .flatMap(List::stream)
        .toList();
  }

  /** How records are spread over tasks. */
  PartitionPlan partitions() {
    return input.plan();
  }

  @Override
  public void close() {
    try {
      input.close();
    } finally {
      tried.close();
    }
  }
}
