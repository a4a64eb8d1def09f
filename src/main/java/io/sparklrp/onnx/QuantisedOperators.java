package io.sparklrp.onnx;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Operators of quantised models, read as the float model of the quantised weights: rounding of
 * activations has no derivative, so it is left out.
 */
final class QuantisedOperators {
  private QuantisedOperators() {}

  /** The operators that a model is told to be quantised by. */
  static final List<String> ALL =
      List.of("DequantizeLinear", "QuantizeLinear", "DynamicQuantizeLinear", "MatMulInteger");

  static void register(Map<String, Consumer<Importing>> imports) {
    imports.put("DequantizeLinear", QuantisedOperators::dequantize);
    imports.put("QuantizeLinear", QuantisedOperators::quantize);
    imports.put("DynamicQuantizeLinear", QuantisedOperators::dynamic);
    imports.put("MatMulInteger", QuantisedOperators::product);
    imports.put(
        Node.MICROSOFT + ".MatMulIntegerToFloat",
        in -> in.require(false, "a product that ONNX Runtime fused"));
  }

  /** The value itself, scale 1 and zero point 0. */
  private static void dynamic(Importing in) {
    in.output(0, in.input(0));
    in.output(1, in.ops().scalar(1f));
    in.output(2, in.shared("const.int.0", whole(0)));
  }

  private static Tensor whole(int value) {
    ByteBuffer data = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, value);
    return Tensor.of(DataType.INT32, new long[0], () -> data);
  }

  private static void quantize(Importing in) {
    in.write("Identity", Map.of(), in.input(0));
  }

  /** A constant becomes its float numbers; an activation was never rounded. */
  private static void dequantize(Importing in) {
    if (in.input(0).type() == DataType.FLOAT32) {
      in.write("Identity", Map.of(), in.input(0));
      return;
    }
    if (!in.isConstant(0) && in.maker(0).isPresent()) {
      lookup(in, in.maker(0).get());
      return;
    }
    Value numbers = decoded(in, in.node().input(0), 2);
    Value scale = in.input(1);
    int axis = scale.rank() == 1 ? in.shape(0).axis(in.node().integer("axis", 1)) : 0;
    in.write("Mul", Map.of(), numbers, alongAxis(in, scale, axis, in.shape(0).rank()));
  }

  /** Rows of a quantised table: rows of the float table. */
  private static void lookup(Importing in, Node gather) {
    in.require(
        gather.op().equals("Gather") && in.input(1).shape().size().isOne(),
        "numbers that are no constant");
    Value numbers = decoded(in, gather.input(0), 2);
    Value table = in.ops().mul("table", numbers, in.input(1));
    Value rows = in.ops().builder().value(gather.input(1));
    in.write("Gather", gather.attributes(), table, rows);
  }

  private static Value alongAxis(Importing in, Value scale, int axis, int rank) {
    if (scale.rank() != 1 || axis == rank - 1) {
      return scale;
    }
    long[] shape = new long[rank - axis];
    java.util.Arrays.fill(shape, 1);
    shape[0] = -1;
    return in.ops().reshape("scale_by_axis", scale, shape);
  }

  /** x W with the stored whole numbers of W less their zero point. */
  private static void product(Importing in) {
    in.require(in.input(0).type() == DataType.FLOAT32, "whole numbers that nothing quantised");
    Value weights =
        in.input(1).type() == DataType.FLOAT32 ? in.input(1) : decoded(in, in.node().input(1), 3);
    in.write("MatMul", Map.of(), in.input(0), weights);
  }

  /** The float numbers of a constant of whole numbers, less its zero point; made when asked for. */
  private static Value decoded(Importing in, String constant, int zeroPoint) {
    Tensor stored =
        in.ops()
            .builder()
            .constant(constant)
            .orElseThrow(() -> Importing.refused("weights that are no constant"));
    Tensor zero =
        in.has(zeroPoint)
            ? in.constant(zeroPoint).orElseThrow(() -> Importing.refused("its zero point"))
            : whole(0);
    in.require(zero.size() == 1 || isZero(zero), "a zero point by channel");
    float offset = zero.size() == 1 ? zero.data().getInt() : 0;
    Ops ops = in.ops();
    String name = ops.builder().freeName(constant + ".float");
    return ops.builder()
        .initializer(
            name, Tensor.of(DataType.FLOAT32, stored.shape(), () -> floats(stored, offset)));
  }

  private static boolean isZero(Tensor zero) {
    ByteBuffer data = zero.data();
    while (data.hasRemaining()) {
      if (data.get() != 0) {
        return false;
      }
    }
    return true;
  }

  private static ByteBuffer floats(Tensor stored, float offset) {
    ByteBuffer from = stored.data();
    int count = Math.toIntExact(Shape.of(stored.shape()).size().size());
    ByteBuffer to =
        ByteBuffer.allocate(Math.multiplyExact(count, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      to.putFloat(from.getInt() - offset);
    }
    return to.flip().order(ByteOrder.LITTLE_ENDIAN);
  }
}
