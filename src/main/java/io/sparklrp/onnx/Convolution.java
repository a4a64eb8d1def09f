package io.sparklrp.onnx;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Conv along the tokens: tokens are padded, and what each kernel position sees of them stands side
 * by side in one matrix product. Groups are blocks of its weights.
 */
final class Convolution {
  private static final int RANK = 3;
  private static final List<Long> TOKENS_AND_CHANNELS = List.of(0L, 2L, 1L);

  private final Importing in;
  private final Ops ops;
  private final Tensor weights;

  private Convolution(Importing in) {
    this.in = in;
    this.ops = in.ops();
    in.require(in.shape(0).rank() == RANK, "a convolution of other than tokens");
    this.weights =
        in.constant(1).orElseThrow(() -> Importing.refused("weights that are no constant"));
  }

  static void register(Map<String, Consumer<Importing>> imports) {
    imports.put("Conv", in -> new Convolution(in).write());
  }

  private void write() {
    Value rows = ops.transpose("rows", in.input(0), TOKENS_AND_CHANNELS);
    Value seen = ops.concat("seen", 2, taps(padded(rows)));
    Value product = ops.matMul("product", seen, in.own("weights", matrix()));
    Value sum = in.has(2) ? ops.add("with_bias", product, in.input(2)) : product;
    in.write("Transpose", Map.of("perm", Attribute.of(TOKENS_AND_CHANNELS)), sum);
  }

  private long kernel() {
    return weights.shape()[2];
  }

  private long attribute(String name, long absent) {
    return in.attribute(name).map(all -> all[0]).orElse(absent);
  }

  private Value padded(Value rows) {
    long[] pads = pads();
    return pads[0] == 0 && pads[1] == 0
        ? rows
        : ops.pad("padded", rows, 1, ops.longs(pads[0]), ops.longs(pads[1]), ops.scalar(0f));
  }

  private long[] pads() {
    String auto = in.node().text("auto_pad", "NOTSET");
    if (auto.equals("NOTSET")) {
      return in.attribute("pads").orElse(new long[2]);
    }
    if (auto.equals("VALID")) {
      return new long[2];
    }
    in.require(attribute("strides", 1) == 1, "auto_pad with strides");
    long all = attribute("dilations", 1) * (kernel() - 1);
    long less = all / 2;
    return auto.equals("SAME_UPPER")
        ? new long[] {less, all - less}
        : new long[] {all - less, less};
  }

  /** What each position of the kernel sees. */
  private List<Value> taps(Value rows) {
    long apart = attribute("dilations", 1);
    long stride = attribute("strides", 1);
    if (kernel() == 1 && stride == 1) {
      return List.of(rows);
    }
    List<Value> taps = new ArrayList<>();
    for (long tap = 0; tap < kernel(); tap++) {
      long behind = apart * (kernel() - 1 - tap);
      Value start = ops.longs(apart * tap);
      Value end = ops.longs(behind == 0 ? Long.MAX_VALUE : -behind);
      taps.add(
          stride == 1
              ? ops.slice("tap" + tap, rows, 1, start, end)
              : ops.op(
                  "tap" + tap,
                  "Slice",
                  Map.of(),
                  rows,
                  start,
                  end,
                  ops.longs(1),
                  ops.longs(stride)));
    }
    return taps;
  }

  /** [positions * channels, outputs], 0 where a channel is of another group. */
  private Tensor matrix() {
    long outputs = weights.shape()[0];
    long channels = weights.shape()[1] * in.node().integer("group", 1);
    long rows = Math.multiplyExact(kernel(), channels);
    in.require(Math.multiplyExact(rows, outputs) < Integer.MAX_VALUE / Float.BYTES, "its size");
    long[] shape = {rows, outputs};
    return Tensor.of(DataType.FLOAT32, shape, () -> spread(channels, outputs));
  }

  private ByteBuffer spread(long channels, long outputs) {
    int inGroup = Math.toIntExact(weights.shape()[1]);
    int positions = Math.toIntExact(kernel());
    int outputsOfGroup = Math.toIntExact(outputs * inGroup / channels);
    float[] matrix = new float[Math.toIntExact(positions * channels * outputs)];
    ByteBuffer data = weights.data();
    for (int output = 0; output < outputs; output++) {
      int first = output / outputsOfGroup * inGroup;
      for (int channel = first; channel < first + inGroup; channel++) {
        for (int position = 0; position < positions; position++) {
          matrix[(int) ((position * channels + channel) * outputs + output)] = data.getFloat();
        }
      }
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(matrix.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(matrix);
    return bytes;
  }
}
