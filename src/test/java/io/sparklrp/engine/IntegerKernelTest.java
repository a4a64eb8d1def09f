package io.sparklrp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.sparklrp.compile.KernelProbe;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.model.Procedure;
import io.sparklrp.onnx.OnnxWriter;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The kernel is tried; a program that counts on an exact one is refused where it is not. */
class IntegerKernelTest {
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  @Test
  void processorsWithVnniAreExact() throws IOException {
    Assumptions.assumeTrue(
        Files.exists(PROCESSOR) && Files.readString(PROCESSOR).contains("avx512_vnni"),
        "this processor does not say that it has VNNI");
    assertThat(IntegerKernel.isExact(KernelProbe.bytes())).isTrue();
  }

  /** What a kernel that overflows gives: an error. */
  private static byte[] overflowing() {
    GraphBuilder builder = new GraphBuilder("probe");
    Ops ops = new Ops(builder, "probe", "probe");
    Value one = builder.input(IntegerKernel.ONE, DataType.FLOAT32, Shape.of(1, 1));
    return OnnxWriter.toBytes(builder.build(List.of(ops.reduceMax("worst", one, false, 0, 1))));
  }

  private static Program program(Role role, byte[] probe) {
    RoleGraph graph =
        new RoleGraph(
            CompiledGraph.ofBytes(probe),
            List.of(IntegerKernel.ONE),
            false,
            false,
            false,
            MemoryFunction.NONE,
            OperationFunction.NONE);
    return new Program(
        "probe",
        Map.of(role, graph),
        List.of(),
        Procedure.NONE,
        2,
        0,
        Batching.PADDED,
        Optional.empty());
  }

  @Test
  void aProgramThatNeedsAnExactKernelIsRefusedWithoutOne() {
    UserMessage.of(() -> IntegerKernel.check(program(Role.PROBE, overflowing())))
        .contains("int8", "VNNI", "spark.sparklrp.weightBits=7", "--precision float32");
  }

  @Test
  void aProgramWithoutProbeIsNot() {
    Program program = program(Role.EXPLAIN, overflowing());
    assertThatCode(() -> IntegerKernel.check(program)).doesNotThrowAnyException();
  }
}
