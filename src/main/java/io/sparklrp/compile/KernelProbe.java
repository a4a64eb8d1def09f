package io.sparklrp.compile;

import io.sparklrp.engine.CompiledGraph;
import io.sparklrp.engine.IntegerKernel;
import io.sparklrp.engine.RoleGraph;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.onnx.OnnxWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A product of the largest whole numbers of eight bits, which overflows where a kernel adds pairs
 * of products up in sixteen.
 */
public final class KernelProbe {
  private static final int SIZE = 64;
  private static final int LARGEST = 127;

  private KernelProbe() {}

  /** The probe as a model, for {@link IntegerKernel#isExact}. */
  public static byte[] bytes() {
    return OnnxWriter.toBytes(graph());
  }

  /** The probe as a part of a program; it is never a file. */
  static RoleGraph stored() {
    return new RoleGraph(
        CompiledGraph.ofBytes(bytes()),
        List.of(IntegerKernel.ONE),
        false,
        false,
        false,
        ActivationMemory.of(graph()));
  }

  /** Its only output is the largest error of the product. */
  static Graph graph() {
    GraphBuilder builder = new GraphBuilder("probe");
    Ops ops = new Ops(builder, "probe", "probe");
    Value one = builder.input(IntegerKernel.ONE, DataType.FLOAT32, Shape.of(1, 1));
    Value row = ops.mul("row", one, builder.initializer("largest", floats(LARGEST)));
    Value weight = builder.initializer("weight", wholes());
    Value scales = builder.initializer("scales", floats(1));
    Value product = ops.integerProduct("product", ops.quantize("numbers", row), weight, scales);
    Value expected = builder.initializer("expected", floats((float) SIZE * LARGEST * LARGEST));
    Value errors = ops.unary("errors", "Abs", ops.sub("error", product, expected));
    return builder.build(List.of(ops.reduceMax("worst", errors, false, 0, 1)));
  }

  private static Tensor floats(float element) {
    float[] elements = new float[SIZE];
    Arrays.fill(elements, element);
    return Tensor.floats(new long[] {SIZE}, elements);
  }

  private static Tensor wholes() {
    byte[] elements = new byte[SIZE * SIZE];
    Arrays.fill(elements, (byte) LARGEST);
    return Tensor.of(DataType.INT8, new long[] {SIZE, SIZE}, () -> ByteBuffer.wrap(elements));
  }
}
