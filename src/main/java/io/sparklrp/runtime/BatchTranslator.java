package io.sparklrp.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pads a batch for the engine, and cuts the padding off what comes back. */
final class BatchTranslator implements NoBatchifyTranslator<TokenBatch, List<RecordRelevance>> {
  private static final String BATCH = "batch";

  private final int entries;

  BatchTranslator(int ledgerEntries) {
    this.entries = ledgerEntries;
  }

  @Override
  public Batchifier getBatchifier() {
    return null;
  }

  @Override
  public NDList processInput(TranslatorContext context, TokenBatch batch) {
    context.setAttachment(BATCH, batch);
    int width = batch.width();
    LongBuffer ids = longs(batch.size() * width);
    LongBuffer mask = longs(batch.size() * width);
    LongBuffer types = longs(batch.size() * width);
    for (int row = 0; row < batch.size(); row++) {
      EncodedText text = batch.texts().get(row);
      for (int i = 0; i < text.length(); i++) {
        int at = row * width + i;
        ids.put(at, text.id(i));
        mask.put(at, 1);
        types.put(at, text.typeId(i));
      }
    }
    NDManager manager = context.getNDManager();
    Shape shape = new Shape(batch.size(), width);
    NDList inputs = new NDList();
    inputs.add(named(manager.create(ids, shape, DataType.INT64), "input_ids"));
    inputs.add(named(manager.create(mask, shape, DataType.INT64), "attention_mask"));
    inputs.add(named(manager.create(types, shape, DataType.INT64), "token_type_ids"));
    if (batch.seeds() != null) {
      inputs.add(named(seeds(manager, batch.seeds()), "seed"));
    }
    return inputs;
  }

  private static NDArray seeds(NDManager manager, float[][] seeds) {
    int outputs = seeds[0].length;
    FloatBuffer buffer = direct((long) seeds.length * outputs * Float.BYTES).asFloatBuffer();
    for (float[] seed : seeds) {
      buffer.put(seed);
    }
    return manager.create(buffer.flip(), new Shape(seeds.length, outputs), DataType.FLOAT32);
  }

  private static NDArray named(NDArray array, String name) {
    array.setName(name);
    return array;
  }

  private static LongBuffer longs(int size) {
    return direct((long) size * Long.BYTES).asLongBuffer();
  }

  private static ByteBuffer direct(long bytes) {
    return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
  }

  @Override
  public List<RecordRelevance> processOutput(TranslatorContext context, NDList list) {
    TokenBatch batch = (TokenBatch) context.getAttachment(BATCH);
    int rows = batch.size();
    int width = batch.width();
    float[] logits = output(list, "logits").toFloatArray();
    float[] relevance = output(list, "relevance").toFloatArray();
    float[] ledger = output(list, "ledger").toFloatArray();
    float[] scores = output(list, "score").toFloatArray();
    long[] predicted = output(list, "predicted").toLongArray();
    check(
        relevance.length == rows * width
            && ledger.length == rows * entries
            && scores.length == rows);
    int outputs = logits.length / rows;
    List<RecordRelevance> results = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      int length = batch.texts().get(row).length();
      results.add(
          new RecordRelevance(
              Arrays.copyOfRange(logits, row * outputs, (row + 1) * outputs),
              (int) predicted[row],
              scores[row],
              Arrays.copyOfRange(relevance, row * width, row * width + length),
              Arrays.copyOfRange(ledger, row * entries, (row + 1) * entries)));
    }
    return results;
  }

  private static NDArray output(NDList list, String name) {
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
}
