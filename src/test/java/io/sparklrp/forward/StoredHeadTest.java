package io.sparklrp.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.graph.Tensor;
import io.sparklrp.model.Task;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.SafetensorsWriter;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checkpoints whose configuration names no class. */
class StoredHeadTest {
  @TempDir Path directory;

  static Stream<String> fixtures() {
    return GoldenFixture.names().stream();
  }

  /** A golden checkpoint without its class. */
  private void copy(String fixture) throws IOException {
    Path golden = GoldenFixture.of(fixture).directory();
    for (String file : new String[] {"model.safetensors", "tokenizer.json"}) {
      if (Files.exists(golden.resolve(file))) {
        Files.copy(golden.resolve(file), directory.resolve(file));
      }
    }
    String config = Files.readString(golden.resolve("config.json"));
    String without = config.replaceFirst("\"architectures\"", "\"no_architectures\"");
    assertThat(without).isNotEqualTo(config);
    Files.writeString(directory.resolve("config.json"), without);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void headIsToldByTheTensorsOrNotAtAll(String fixture) throws IOException {
    copy(fixture);
    Checkpoint checkpoint = Checkpoint.open(directory);
    if (fixture.equals("modernbert-seqcls")) {
      UserMessage.of(() -> Architectures.build(checkpoint))
          .contains("architectures", "sequence classification or token classification");
      return;
    }
    ForwardPass named = Architectures.build(GoldenFixture.of(fixture).checkpoint());
    ForwardPass told = Architectures.build(checkpoint);
    assertThat(told.task()).isEqualTo(named.task());
    assertThat(told.model().graph().nodes()).isEqualTo(named.model().graph().nodes());
  }

  private void keep(String pattern) throws IOException {
    Map<String, Tensor> kept = new LinkedHashMap<>();
    Checkpoint checkpoint = Checkpoint.open(directory);
    for (String name : checkpoint.weights().names()) {
      if (name.matches(pattern)) {
        Tensor tensor = checkpoint.weights().get(name);
        kept.put(name, Tensor.floats(tensor.shape(), tensor.toFloats()));
      }
    }
    Files.delete(directory.resolve("model.safetensors"));
    SafetensorsWriter.tensors(directory.resolve("model.safetensors"), kept);
  }

  /** Word embeddings may be the head: of GPT-2 they are. */
  @ParameterizedTest
  @CsvSource({
    "gpt2-seqcls, transformer\\..*, CAUSAL_LANGUAGE_MODEL",
    "llama-clm-tied, model\\..*, CAUSAL_LANGUAGE_MODEL",
    "llama-clm, model\\..*, EMBEDDING",
    "bert-seqcls, bert\\..*, EMBEDDING",
    "t5-tokcls, transformer\\..*, EMBEDDING",
    "vit-imgcls, vit\\..*, EMBEDDING"
  })
  void withoutAHeadItIsWhatItsTypeIs(String fixture, String kept, Task task) throws IOException {
    copy(fixture);
    keep(kept);
    assertThat(Architectures.build(Checkpoint.open(directory)).task()).isEqualTo(task);
  }

  @Test
  void severalHeadsAreRefusedByName() throws IOException {
    copy("bert-seqcls");
    add("qa_outputs.weight");
    UserMessage.of(() -> Architectures.build(Checkpoint.open(directory)))
        .contains("sequence classification or question answering", "BertForMaskedLM");
  }

  @Test
  void unknownHeadsAreRefusedByName() throws IOException {
    copy("bert-seqcls");
    keep("bert\\..*");
    add("multiple_choice.weight");
    UserMessage.of(() -> Architectures.build(Checkpoint.open(directory)))
        .contains("multiple_choice", "no head that is known");
  }

  private void add(String name) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Checkpoint checkpoint = Checkpoint.open(directory);
    for (String stored : List.copyOf(checkpoint.weights().names())) {
      Tensor tensor = checkpoint.weights().get(stored);
      tensors.put(stored, Tensor.floats(tensor.shape(), tensor.toFloats()));
    }
    tensors.put(name, Tensor.scalar(1f));
    Files.delete(directory.resolve("model.safetensors"));
    SafetensorsWriter.tensors(directory.resolve("model.safetensors"), tensors);
  }
}
