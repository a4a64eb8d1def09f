package io.sparklrp.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.PatchPixels;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;

/**
 * A batch as the tensors that a graph asks for by name, padded to the longest record, or to the
 * graph's own length.
 */
final class BatchInputs {
  private final NDManager manager;
  private final TokenBatch batch;
  private final ExplanationModel model;

  BatchInputs(NDManager manager, TokenBatch batch, ExplanationModel model) {
    this.manager = manager;
    this.batch = batch;
    this.model = model;
  }

  /** The tensors. */
  NDList all() {
    boolean several = model.hasSeveralTargets();
    NDList inputs = new NDList();
    for (String name : model.inputs()) {
      NDArray array =
          switch (name) {
            case "input_ids" -> byToken(EncodedText::id, model.paddingId());
            case "attention_mask" -> byToken((text, i) -> 1, 0);
            case "token_type_ids" -> byToken(EncodedText::typeId, 0);
            case "position_ids" -> byToken((text, i) -> i, 0);
            case "word_mask" -> byToken((text, i) -> text.isSpecial(i) ? 0 : 1, 0);
            case "positions" -> positions();
            case "pixel_values" -> pixels();
            case "seed" -> seeds();
            case "target_index", "given_index" -> targetIndex(several);
            case "target_weight" -> targetWeight(several);
            default -> throw new IllegalStateException("The compiled graph asks for " + name + ".");
          };
      array.setName(name);
      inputs.add(array);
    }
    return inputs;
  }

  /** A number for each token. */
  private interface TokenNumber {
    long of(EncodedText text, int index);
  }

  private NDArray byToken(TokenNumber number, long padding) {
    int width = model.batching().width(batch);
    LongBuffer numbers = longs((long) batch.size() * width);
    for (int row = 0; row < batch.size(); row++) {
      EncodedText text = batch.texts().get(row);
      for (int i = 0; i < width; i++) {
        numbers.put(row * width + i, i < text.length() ? number.of(text, i) : padding);
      }
    }
    return manager.create(numbers, new Shape(batch.size(), width), DataType.INT64);
  }

  private NDArray positions() {
    int width = batch.targets().stream().mapToInt(t -> t.positions().length).max().orElse(1);
    LongBuffer numbers = longs((long) batch.size() * width);
    for (RecordTargets asked : batch.targets()) {
      for (int i = 0; i < width; i++) {
        numbers.put(asked.positions()[Math.min(i, asked.positions().length - 1)]);
      }
    }
    return manager.create(numbers.flip(), new Shape(batch.size(), width), DataType.INT64);
  }

  private NDArray pixels() {
    PatchPixels first = batch.texts().get(0).pixels();
    FloatBuffer values = floats((long) batch.size() * first.values().length);
    batch.texts().forEach(text -> values.put(text.pixels().values()));
    Shape shape = new Shape(batch.size(), first.channels(), first.height(), first.width());
    return manager.create(values.flip(), shape, DataType.FLOAT32);
  }

  private NDArray seeds() {
    int outputs = batch.seeds()[0].length;
    FloatBuffer buffer = floats((long) batch.size() * outputs);
    for (float[] seed : batch.seeds()) {
      buffer.put(seed);
    }
    return manager.create(buffer.flip(), new Shape(batch.size(), outputs), DataType.FLOAT32);
  }

  private NDArray targetIndex(boolean several) {
    LongBuffer numbers = longs((long) targets() * batch.size() * parts());
    forEachPart((at, target, part) -> numbers.put(at, target.index()[part]));
    return manager.create(numbers, targetShape(several), DataType.INT64);
  }

  private NDArray targetWeight(boolean several) {
    FloatBuffer numbers = floats((long) targets() * batch.size() * parts());
    forEachPart((at, target, part) -> numbers.put(at, target.weight()[part]));
    return manager.create(numbers, targetShape(several), DataType.FLOAT32);
  }

  private Shape targetShape(boolean several) {
    return several ? new Shape(targets(), batch.size(), parts()) : new Shape(batch.size(), parts());
  }

  /** Something for each output of each target, at its place. */
  private interface Part {
    void put(int at, TargetWeights target, int part);
  }

  /** Records with fewer targets, and targets with fewer outputs, leave zeros. */
  private void forEachPart(Part action) {
    int parts = parts();
    for (int row = 0; row < batch.size(); row++) {
      List<TargetWeights> targets = batch.targets().get(row).targets();
      for (int t = 0; t < targets.size(); t++) {
        for (int part = 0; part < targets.get(t).parts(); part++) {
          action.put((t * batch.size() + row) * parts + part, targets.get(t), part);
        }
      }
    }
  }

  private int targets() {
    return batch.targets().stream().mapToInt(asked -> asked.targets().size()).max().orElse(1);
  }

  private int parts() {
    return batch.targets().stream()
        .flatMap(asked -> asked.targets().stream())
        .mapToInt(TargetWeights::parts)
        .max()
        .orElse(1);
  }

  private static LongBuffer longs(long size) {
    return direct(size * Long.BYTES).asLongBuffer();
  }

  private static FloatBuffer floats(long size) {
    return direct(size * Float.BYTES).asFloatBuffer();
  }

  private static ByteBuffer direct(long bytes) {
    return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
  }
}
