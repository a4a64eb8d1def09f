package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.engine.EngineSessions;
import io.sparklrp.graph.Tensor;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.oracle.GoldenFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelfTestTest {
  @TempDir Path parent;

  @AfterEach
  void closeSessions() {
    EngineSessions.ofJvm().closeIdle();
  }

  @ParameterizedTest
  @MethodSource("io.sparklrp.method.Methods#all")
  void goldenFixturePasses(Method method) {
    ModelAssembly assembly = ModelAssembly.open(GoldenFixture.of("bert-seqcls").directory());
    SelfTest.Result result = SelfTest.run(assembly, method);
    assertThat(result.passed()).as("%s", result).isTrue();
    assertThat(result.lines()).hasSize(3).noneMatch(line -> line.contains("FAILED"));
    assertThat(result.lines().get(0)).contains("ledger of " + method.id());
    assertThat(result.lines().get(2)).endsWith("Records share batches freely.");
    assertThat(result.lines().get(0).contains("not conservative"))
        .isNotEqualTo(method.isConservative());
  }

  @ParameterizedTest
  @MethodSource("io.sparklrp.oracle.GoldenFixture#names")
  void everyArchitectureAndHeadPasses(String name) {
    ModelAssembly assembly = ModelAssembly.open(GoldenFixture.of(name).directory());
    SelfTest.Result result = SelfTest.run(assembly, Methods.LRP_STAY);
    assertThat(result.passed()).as("%s", result).isTrue();
    assertThat(result.lines().get(2)).endsWith("Records share batches freely.");
  }

  private ModelAssembly scaled(String tensor, float factor) throws IOException {
    EditableCheckpoint model = EditableCheckpoint.tiny(7, parent.resolve("model"));
    Tensor before = model.tensors().get(tensor);
    float[] elements = before.toFloats();
    for (int i = 0; i < elements.length; i++) {
      elements[i] *= factor;
    }
    return ModelAssembly.open(
        model.tensor(tensor, Tensor.floats(before.shape(), elements)).directory());
  }

  /** The weights are finite, their products are not: NaN is within no bound. */
  static List<Method> two() {
    return List.of(Methods.GRADIENT_X_INPUT, Methods.LRP_STAY);
  }

  @ParameterizedTest
  @MethodSource("two")
  void modelThatOverflowsFails(Method method) throws IOException {
    ModelAssembly overflowing = scaled("bert.encoder.layer.0.output.dense.weight", 1e38f);
    SelfTest.Result result = SelfTest.run(overflowing, method);
    assertThat(result.passed()).as("%s", result).isFalse();
    assertThat(result.lines()).anyMatch(line -> line.contains("FAILED"));
  }

  /** Attention that turns within the step of the differences: the tangent is not their slope. */
  @Test
  void gradientThatIsNotTheSlopeFails() throws IOException {
    ModelAssembly steep = scaled("bert.encoder.layer.0.attention.self.query.weight", 100);
    SelfTest.Result result = SelfTest.run(steep, Methods.LRP);
    assertThat(result.lines().get(1)).contains("finite differences", "FAILED");
    assertThat(result.passed()).isFalse();
    assertThat(result.lines().get(0)).endsWith("passed");
  }
}
