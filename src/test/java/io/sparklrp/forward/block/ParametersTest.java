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

  private Parameters withMatrix() throws IOException {
    EditableCheckpoint model = EditableCheckpoint.tiny(3, directory.resolve("model"));
    model.tensor("matrix", Tensor.floats(new long[] {3, 2}, 0, 1, 10, 11, 20, 21));
    model.tensor("vector", Tensor.floats(new long[] {4}, 0, 1, 2, 3));
    return new Parameters(model.open().weights());
  }

  @Test
  void rowsColumnsAndElementsAreCutOut() throws IOException {
    Parameters parameters = withMatrix();
    Tensor rows = parameters.part("matrix", 0, 1, 2, 3, 2);
    assertThat(rows.shape()).containsExactly(2, 2);
    assertThat(rows.toFloats()).containsExactly(10, 11, 20, 21);
    assertThat(rows.toFloats()).as("read again").containsExactly(10, 11, 20, 21);
    Tensor column = parameters.part("matrix", 1, 1, 1, 3, 2);
    assertThat(column.shape()).containsExactly(3, 1);
    assertThat(column.toFloats()).containsExactly(1, 11, 21);
    assertThat(parameters.part("vector", 0, 1, 2, 4).toFloats()).containsExactly(1, 2);
    assertThatCode(() -> parameters.check("m")).doesNotThrowAnyException();
  }

  @Test
  void numbersAreAddedToAllElements() throws IOException {
    Parameters parameters = withMatrix();
    Tensor shifted = parameters.shifted("matrix", 1, 3, 2);
    assertThat(shifted.shape()).containsExactly(3, 2);
    assertThat(shifted.toFloats()).containsExactly(1, 2, 11, 12, 21, 22);
    assertThat(parameters.get("matrix", 3, 2).toFloats()).containsExactly(0, 1, 10, 11, 20, 21);
  }

  /** The whole tensor's shape is told, which is what the file has. */
  @Test
  void partsOfWhatIsMissingOrMisshapenAreNamed() throws IOException {
    Parameters parameters = withMatrix();
    assertThat(parameters.part("matrix", 0, 2, 2, 4, 2).shape()).containsExactly(2, 2);
    assertThat(parameters.part("absent", 1, 0, 1, 2, 3).shape()).containsExactly(2, 1);
    assertThat(parameters.shifted("vector", 1, 5).shape()).containsExactly(5);
    UserMessage.of(() -> parameters.check("m"))
        .contains("matrix is [3, 2], not [4, 2]")
        .contains("absent is missing")
        .contains("vector is [4], not [5]");
  }

  @Test
  void namesBelowAPrefixAreFound() throws IOException {
    Parameters parameters = withMatrix();
    assertThat(parameters.hasBelow("bert.")).isTrue();
    assertThat(parameters.hasBelow("matrix.")).isFalse();
  }
}
