package io.sparklrp.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitecturesTest {
  @TempDir Path parent;

  private EditableCheckpoint model() throws IOException {
    return EditableCheckpoint.tiny(3, parent.resolve("tiny-model"));
  }

  @Test
  void typesAreSortedAndDistinct() {
    assertThat(Architectures.modelTypes()).isSorted().doesNotHaveDuplicates().contains("bert");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"never-heard-of\"", "\"BERT\"", "\"bert \""})
  void unknownTypeIsRefusedWithTheSupportedOnes(String type) throws IOException {
    EditableCheckpoint model = model().config("model_type", type);
    UserMessage.of(() -> Architectures.build(model.open()))
        .contains("tiny-model", type.replace('"', '\''))
        .contains(Architectures.modelTypes());
  }

  @Test
  void missingTypeIsRefused() throws IOException {
    EditableCheckpoint model = model().without("model_type");
    UserMessage.of(() -> Architectures.build(model.open())).contains("config.json", "model_type");
  }

  @Test
  void allThatIsMissingOrMisshapenIsNamedAtOnce() throws IOException {
    EditableCheckpoint model =
        model()
            .remove("bert.embeddings.LayerNorm.bias")
            .remove("bert.encoder.layer.0.attention.self.key.weight")
            .remove("classifier.bias")
            .tensor("bert.pooler.dense.bias", Tensor.floats(new long[] {1, 2}, 1, 2))
            .tensor("bert.embeddings.word_embeddings.weight", Tensor.scalar(1));
    UserMessage.of(() -> Architectures.build(model.open()))
        .contains("tiny-model")
        .contains("bert.embeddings.LayerNorm.bias is missing")
        .contains("bert.encoder.layer.0.attention.self.key.weight is missing")
        .contains("classifier.bias is missing")
        .contains("bert.pooler.dense.bias is [1, 2], not [")
        .contains("bert.embeddings.word_embeddings.weight is [], not [900, ")
        .doesNotContain("query");
  }

  @Test
  void transposedMatrixIsMisshapen() throws IOException {
    EditableCheckpoint model = model();
    String name = "classifier.weight";
    Tensor weight = model.tensors().get(name);
    long[] turned = {weight.shape()[1], weight.shape()[0]};
    model.tensor(name, Tensor.floats(turned, weight.toFloats()));
    assertThat(turned[0]).as("a square matrix would show nothing").isNotEqualTo(turned[1]);
    UserMessage.of(() -> Architectures.build(model.open())).contains(name);
  }

  @Test
  void inputsAndOutputsAreAsPromised() throws IOException {
    EditableCheckpoint model = model();
    ModelGraph built = Architectures.build(model.open()).model();
    assertThat(built.graph().inputs())
        .extracting(Value::name)
        .containsExactlyInAnyOrder("input_ids", "attention_mask", "token_type_ids");
    assertThat(built.graph().inputs())
        .allSatisfy(input -> assertThat(input.type()).isEqualTo(DataType.INT64))
        .allSatisfy(input -> assertThat(input.shape().toString()).isEqualTo("[batch, sequence]"));
    int labels = model.open().config().labels().size();
    assertThat(built.graph().value(built.logits()).shape().toString())
        .isEqualTo("[batch, " + labels + "]");
  }
}
