package io.sparklrp.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.TargetWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pads a batch for the engine, and cuts the padding off what comes back: for each record one result
 * for each of its targets.
 */
final class BatchTranslator
    implements NoBatchifyTranslator<TokenBatch, List<List<RecordRelevance>>> {
  private static final String BATCH = "batch";

  private final ExplanationModel model;

  BatchTranslator(ExplanationModel model) {
    this.model = model;
  }

  @Override
  public Batchifier getBatchifier() {
    return null;
  }

  @Override
  public NDList processInput(TranslatorContext context, TokenBatch batch) {
    context.setAttachment(BATCH, batch);
    return new BatchInputs(context.getNDManager(), batch, model).all();
  }

  @Override
  public List<List<RecordRelevance>> processOutput(TranslatorContext context, NDList list) {
    TokenBatch batch = (TokenBatch) context.getAttachment(BATCH);
    Outputs outputs = new Outputs(list, batch, model);
    List<List<RecordRelevance>> results = new ArrayList<>(batch.size());
    for (int row = 0; row < batch.size(); row++) {
      results.add(outputs.ofRecord(row));
    }
    return results;
  }

  /** The tensors that came back, in Java's arrays. */
  private static final class Outputs {
    private final TokenBatch batch;
    private final ExplanationModel model;
    private final int rows;
    private final int width;
    private final int entries;
    private final int targets;
    private final float[] logits;
    private final float[] relevance;
    private final float[] ledger;
    private final float[] scores;
    private final long[] predicted;
    private final long[] index;
    private final float[] weight;

    Outputs(NDList list, TokenBatch batch, ExplanationModel model) {
      this.batch = batch;
      this.model = model;
      this.rows = batch.size();
      this.width = model.batching().width(batch);
      this.entries = model.ledgerEntries().size();
      this.logits = named(list, "logits").toFloatArray();
      this.relevance = named(list, "relevance").toFloatArray();
      this.ledger = named(list, "ledger").toFloatArray();
      this.scores = named(list, "score").toFloatArray();
      this.predicted = named(list, "predicted").toLongArray();
      boolean chosen = list.stream().anyMatch(array -> "target_index".equals(array.getName()));
      this.index = chosen ? named(list, "target_index").toLongArray() : null;
      this.weight = chosen ? named(list, "target_weight").toFloatArray() : null;
      this.targets = scores.length / rows;
      Shape shape = named(list, "relevance").getShape();
      check(shape.get(shape.dimension() - 1) == width && ledger.length == scores.length * entries);
    }

    private static NDArray named(NDList list, String name) {
      return list.stream()
          .filter(array -> name.equals(array.getName()))
          .findFirst()
          .orElseThrow(
              () -> new IllegalStateException("The compiled graph has no output " + name + "."));
    }

    private static void check(boolean fits) {
      if (!fits) {
        throw new IllegalStateException(
            "The compiled graph's outputs do not have the batch's shape.");
      }
    }

    List<RecordRelevance> ofRecord(int row) {
      float[] own = logitsOf(row);
      List<RecordRelevance> found = new ArrayList<>();
      for (int target = 0; target < targets; target++) {
        TargetWeights explained = target(row, target);
        if (explained == null || !explained.isNothing()) {
          found.add(result(row, target, own, explained));
        }
      }
      return List.copyOf(found);
    }

    private float[] logitsOf(int row) {
      int all = logits.length / rows;
      int length = batch.texts().get(row).length();
      int kept = model.isByToken() ? all / width * length : all;
      return Arrays.copyOfRange(logits, row * all, row * all + kept);
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

    private RecordRelevance result(int row, int target, float[] own, TargetWeights explained) {
      int at = target * rows + row;
      int length = batch.texts().get(row).length();
      return new RecordRelevance(
          own,
          (int) predicted[row],
          explained,
          scores[at],
          Arrays.copyOfRange(relevance, at * width, at * width + length),
          Arrays.copyOfRange(ledger, at * entries, (at + 1) * entries));
    }
  }
}
