package io.sparklrp.engine;

import io.sparklrp.compile.GraphStorage;
import io.sparklrp.compile.KernelProbe;
import io.sparklrp.compile.ModelAssembly;
import io.sparklrp.error.RecordException;
import io.sparklrp.error.UserException;
import io.sparklrp.method.Methods;
import io.sparklrp.model.Numerics;
import io.sparklrp.model.Precision;
import io.sparklrp.record.EncodedText;
import io.sparklrp.relevance.TargetSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Prints how this processor multiplies whole numbers and the relevance of one text in float32 and
 * in int8 with weights of seven and eight bits, or why it is refused: {@code
 * scripts/other-processor} compares processors by it.
 */
final class ProcessorProbe {
  private static final Path DEMO = Path.of("src/main/resources/io/sparklrp/demo/model");
  private static final String TEXT = "a gripping film , and a moving one ; the ending is weak .";

  private ProcessorProbe() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws RecordException {
    System.out.println("exact " + IntegerKernel.isExact(KernelProbe.bytes()));
    System.out.println("float32 " + relevance(Numerics.of(Precision.FLOAT32)));
    System.out.println("int8-7 " + relevance(Numerics.of(Precision.INT8).narrow()));
    System.out.println("int8-8 " + relevance(Numerics.of(Precision.INT8)));
  }

  private static String relevance(Numerics numerics) throws RecordException {
    ModelAssembly assembly = ModelAssembly.open(DEMO).in(numerics);
    try (GraphStorage storage = new GraphStorage()) {
      Program program =
          assembly.assemble(
              Methods.LRP_STAY, TargetSource.PREDICTED, assembly.lengths().longest(), storage);
      try (EngineSession session = EngineSessions.ofJvm().acquire(program)) {
        EncodedText text = session.tokenizer().orElseThrow().encode(TEXT, null);
        return Arrays.toString(
            SampleRecords.relevance(
                SampleRecords.first(session, new TokenBatch(List.of(text), null)).get(0)));
      } catch (UserException e) {
        return "refused: " + e.getMessage();
      }
    }
  }
}
