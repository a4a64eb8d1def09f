package io.sparklrp.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.forward.Task;
import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.oracle.UserMessage;
import io.sparklrp.relevance.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints as sentence-transformers publishes them. */
class SentenceTransformersTest {
  @TempDir Path parent;

  /** The configuration still names the head of the pre-training, whose tensors are not there. */
  private Path model(String mode, String... modules) throws IOException {
    Path directory =
        EditableCheckpoint.tiny(3, parent.resolve("model"))
            .config("architectures", "[\"BertForMaskedLM\"]")
            .directory();
    Files.createDirectory(directory.resolve("1_Pooling"));
    Files.writeString(
        directory.resolve("1_Pooling/config.json"), "{\"pooling_mode_" + mode + "\": true}");
    StringBuilder json =
        new StringBuilder("[{\"type\": \"sentence_transformers.models.Transformer\"}");
    for (String module : modules) {
      json.append(", {\"type\": \"sentence_transformers.models.").append(module).append("\"}");
    }
    Files.writeString(directory.resolve("modules.json"), json.append("]"));
    return directory;
  }

  @Test
  void areModelsOfVectorsWhateverTheirClassIsCalled() throws IOException {
    ModelAssembly assembly = ModelAssembly.open(model("mean_tokens", "Pooling", "Normalize"));
    assertThat(assembly.task()).isEqualTo(Task.EMBEDDING);
    Target target = assembly.target(List.of("predicted"));
    try (GraphStorage storage = new GraphStorage()) {
      assertThat(assembly.assemble(Method.LRP, target, 16, storage).isSeeded()).isTrue();
    }
  }

  @Test
  void moduleBehindThePoolingIsRefused() throws IOException {
    ModelAssembly assembly = ModelAssembly.open(model("mean_tokens", "Pooling", "Dense"));
    try (GraphStorage storage = new GraphStorage()) {
      Target target = assembly.target(List.of("cosine"));
      UserMessage.of(() -> assembly.assemble(Method.LRP, target, 16, storage))
          .contains("Dense", "modules.json");
    }
  }

  @Test
  void unknownPoolingIsRefused() throws IOException {
    ModelAssembly assembly = ModelAssembly.open(model("max_tokens", "Pooling"));
    try (GraphStorage storage = new GraphStorage()) {
      Target target = assembly.target(List.of("cosine"));
      UserMessage.of(() -> assembly.assemble(Method.LRP, target, 16, storage))
          .contains("max_tokens", "--pooling");
    }
  }
}
