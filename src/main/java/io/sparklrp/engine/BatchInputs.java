package io.sparklrp.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.sparklrp.record.GraphInput;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A batch as the tensors that a graph asks for by name, padded to the longest record, or to the
 * graph's own length.
 */
final class BatchInputs {
  private final NDManager manager;
  private final TokenBatch batch;
  private final Program program;
  private final RoleGraph graph;

  BatchInputs(NDManager manager, TokenBatch batch, Program program, RoleGraph graph) {
    this.manager = manager;
    this.batch = batch;
    this.program = program;
    this.graph = graph;
  }

  /** The tensors. */
  NDList all() {
    boolean several = graph.hasSeveralTargets();
    NDList inputs = new NDList();
    for (String name : graph.inputs()) {
      NDArray array =
          switch (name) {
            case "positions" -> positions();
            case "seed" -> seeds();
            case "target_index", "given_index" -> targetIndex(several);
            case "target_weight" -> targetWeight(several);
            default -> ofRecords(name);
          };
      array.setName(name);
      inputs.add(array);
    }
    return inputs;
  }

  private NDArray ofRecords(String name) {
    List<GraphInput> values = batch.texts().stream().map(record -> record.input(name)).toList();
    if (values.get(0) instanceof GraphInput.OfShape) {
      return stacked(values);
    }
    return values.get(0) instanceof GraphInput.SharesByToken
        ? shares(values)
        : padded(values, name.equals("input_ids") ? program.paddingId() : 0);
  }

  private NDArray shares(List<GraphInput> values) {
    int width = program.batching().width(batch);
    FloatBuffer numbers = floats((long) batch.size() * width);
    for (int row = 0; row < batch.size(); row++) {
      numbers.position(row * width);
      numbers.put(((GraphInput.SharesByToken) values.get(row)).values());
    }
    return manager.create(numbers.position(0), new Shape(batch.size(), width), DataType.FLOAT32);
  }

  private NDArray padded(List<GraphInput> values, long padding) {
    int width = program.batching().width(batch);
    LongBuffer numbers = longs((long) batch.size() * width);
    for (GraphInput value : values) {
      long[] own = ((GraphInput.ByToken) value).values();
      numbers.put(own);
      for (int i = own.length; i < width; i++) {
        numbers.put(padding);
      }
    }
    return manager.create(numbers.flip(), new Shape(batch.size(), width), DataType.INT64);
  }

  private NDArray stacked(List<GraphInput> values) {
    long[] shape = ((GraphInput.OfShape) values.get(0)).shape();
    long size = LongStream.of(shape).reduce(1, Math::multiplyExact);
    FloatBuffer numbers = floats(batch.size() * size);
    values.forEach(value -> numbers.put(((GraphInput.OfShape) value).values()));
    long[] all = LongStream.concat(LongStream.of(batch.size()), LongStream.of(shape)).toArray();
    return manager.create(numbers.flip(), new Shape(all), DataType.FLOAT32);
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
