package io.sparklrp.forward.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.sparklrp.graph.Tensor;
import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParametersTest {
  @TempDir Path directory;

  private Parameters parameters(String... named) throws IOException {
    EditableCheckpoint model = EditableCheckpoint.tiny(3, directory.resolve("model"));
    for (int i = 0; i < named.length; i++) {
      model.tensor(named[i], Tensor.floats(new long[] {1}, i));
    }
    return new Parameters(model.open().weights());
  }

  @Test
  void tensorIsFoundByItsName() throws IOException {
    Parameters parameters = parameters("a", "b");
    assertThat(parameters.get("b", 1).toFloats()).containsExactly(1);
    assertThat(parameters.has("a")).isTrue();
    assertThat(parameters.has("c")).isFalse();
    assertThatCode(() -> parameters.check("m")).doesNotThrowAnyException();
  }

  @Test
  void ownNameIsPreferredToTensorFlows() throws IOException {
    Parameters parameters = parameters("x.LayerNorm.gamma", "x.LayerNorm.weight");
    assertThat(parameters.get("x.LayerNorm.weight", 1).toFloats()).containsExactly(1);
  }

  @Test
  void onlyNormsHaveTensorFlowsNames() throws IOException {
    Parameters parameters = parameters("x.LayerNorm.beta", "x.dense.gamma");
    assertThat(parameters.get("x.LayerNorm.bias", 1).toFloats()).containsExactly(0);
    Tensor placeholder = parameters.get("x.dense.weight", 2, 3);
    assertThat(placeholder.shape()).containsExactly(2, 3);
    UserMessage.of(() -> parameters.check("m")).contains("x.dense.weight is missing");
  }

  @Test
  void misshapenNormIsToldByTheNameThatTheFileHas() throws IOException {
    Parameters parameters = parameters("x.LayerNorm.gamma");
    assertThat(parameters.get("x.LayerNorm.weight", 4).shape()).containsExactly(4);
    UserMessage.of(() -> parameters.check("m"))
        .contains("Cannot build model m: x.LayerNorm.gamma is [1], not [4].");
  }
}
