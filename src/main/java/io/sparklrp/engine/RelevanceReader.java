package io.sparklrp.engine;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.sparklrp.model.Procedure;
import io.sparklrp.record.ModelOutputs;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.TargetWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a graph that explains gave: for each record one result for each of its targets,
 * without padding.
 */
final class RelevanceReader implements OutputReader<List<List<RecordRelevance>>> {
  private final boolean isByToken;
  private final int entries;
  private final Procedure procedure;

  private RelevanceReader(boolean isByToken, int entries, Procedure procedure) {
    this.isByToken = isByToken;
    this.entries = entries;
    this.procedure = procedure;
  }

  /** Reads what the explaining graph gives. */
  static RelevanceReader ofExplanation(Program program) {
    return new RelevanceReader(
        program.explain().isByToken(), program.ledgerEntries().size(), program.procedure());
  }

  /** Reads what the graph of a step gives, which has one number a token and no ledger. */
  static RelevanceReader ofStep(Program program) {
    boolean isByToken = program.graph(Role.STEP).orElseThrow().isByToken();
    return new RelevanceReader(isByToken, 0, Procedure.NONE);
  }

  @Override
  public List<List<RecordRelevance>> read(NDList tensors, TokenBatch batch, int width) {
    Found found = new Found(new NamedTensors(tensors), batch, width);
    List<List<RecordRelevance>> results = new ArrayList<>(batch.size());
    for (int row = 0; row < batch.size(); row++) {
      results.add(found.ofRecord(row));
    }
    return results;
  }

  /** The tensors in Java's arrays. */
  private final class Found {
    private final TokenBatch batch;
    private final int rows;
    private final int width;
    private final int targets;
    private final List<ModelOutputs> outputs;
    private final float[] relevance;
    private final RecordNumbers numbers;
    private final float[] ledger;
    private final Optional<float[]> bias;
    private final float[] scores;
    private final long[] predicted;
    private final long[] index;
    private final float[] weight;

    Found(NamedTensors tensors, TokenBatch batch, int width) {
      this.batch = batch;
      this.rows = batch.size();
      this.width = width;
      this.outputs = new OutputsOfRecords(tensors, batch, width, isByToken).all();
      this.relevance = tensors.floats("relevance");
      this.ledger = tensors.floats("ledger");
      this.bias =
          tensors.has("token_bias") ? Optional.of(tensors.floats("token_bias")) : Optional.empty();
      this.scores = tensors.floats("score");
      this.predicted = tensors.longs("predicted");
      boolean chosen = tensors.has("target_index");
      this.index = chosen ? tensors.longs("target_index") : null;
      this.weight = chosen ? tensors.floats("target_weight") : null;
      this.targets = scores.length / rows;
      this.numbers = numbers(tensors.get("relevance").getShape());
      check(ledger.length == scores.length * entries);
    }

    /** How a record's own numbers lie in those of the batch. */
    private RecordNumbers numbers(Shape shape) {
      long last = shape.get(shape.dimension() - 1);
      if (procedure instanceof Procedure.Flow flow) {
        check(last >= width && last == shape.get(shape.dimension() - 2));
        return new RecordNumbers.ByPair(flow.layers(), Math.toIntExact(last), width);
      }
      check(last == width);
      return new RecordNumbers.ByToken(width);
    }

    private void check(boolean fits) {
      if (!fits) {
        throw new IllegalStateException(
            "The compiled graph's outputs do not have the batch's shape.");
      }
    }

    List<RecordRelevance> ofRecord(int row) {
      List<RecordRelevance> found = new ArrayList<>();
      for (int target = 0; target < targets; target++) {
        TargetWeights explained = target(row, target);
        if (explained == null || !explained.isNothing()) {
          found.add(result(row, target, explained));
        }
      }
      return List.copyOf(found);
    }

    /** What was explained: null where it is the predicted class, or a seed. */
    private TargetWeights target(int row, int target) {
      if (index != null) {
        int parts = index.length / scores.length;
        int at = (target * rows + row) * parts;
        return new TargetWeights(
            Arrays.copyOfRange(index, at, at + parts), Arrays.copyOfRange(weight, at, at + parts));
      }
      if (batch.targets() == null || batch.targets().get(row).targets().isEmpty()) {
        return null;
      }
      List<TargetWeights> given = batch.targets().get(row).targets();
      return target < given.size()
          ? given.get(target)
          : new TargetWeights(new long[0], new float[0]);
    }

    private RecordRelevance result(int row, int target, TargetWeights explained) {
      int at = target * rows + row;
      int length = batch.texts().get(row).length();
      return new RecordRelevance(
              outputs.get(row),
              (int) predicted[row],
              explained,
              scores[at],
              numbers.of(relevance, at, length),
              Arrays.copyOfRange(ledger, at * entries, (at + 1) * entries))
          .withBias(bias.map(all -> numbers.of(all, at, length)));
    }
  }
}
