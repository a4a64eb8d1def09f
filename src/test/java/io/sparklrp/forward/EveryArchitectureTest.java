package io.sparklrp.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.graph.Tensor;
import io.sparklrp.model.Task;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.SyntheticCheckpoint;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What all architectures have in common, on random shapes and weights. */
class EveryArchitectureTest {
  private static final long SEED = 415;

  /** Tensors of the first layer, none of which a checkpoint may lack. */
  private static final String OF_FIRST_LAYER =
      ".*\\b(layer|layers|h|block|albert_layer_groups)\\.0\\..*(weight|bias)";

  @TempDir Path directory;

  static Stream<SyntheticCheckpoint> models() {
    return GoldenFixture.names().stream().map(name -> SyntheticCheckpoint.of(name, SEED));
  }

  /** One checkpoint of each type. */
  static Stream<SyntheticCheckpoint> types() {
    Map<String, SyntheticCheckpoint> types = new LinkedHashMap<>();
    models().forEach(m -> types.putIfAbsent(m.config().get("model_type").asText(), m));
    return types.values().stream();
  }

  private static Map<String, Tensor> tensors(Checkpoint checkpoint) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : checkpoint.weights().names()) {
      Tensor tensor = checkpoint.weights().get(name);
      tensors.put(name, Tensor.floats(tensor.shape(), tensor.toFloats()));
    }
    return tensors;
  }

  @ParameterizedTest
  @MethodSource("models")
  void missingAndMisshapenTensorsAreNamedAtOnce(SyntheticCheckpoint checkpoint) throws IOException {
    Map<String, Tensor> tensors = tensors(checkpoint.write(directory));
    List<String> needed =
        tensors.keySet().stream()
            .filter(name -> name.matches(OF_FIRST_LAYER) && !name.contains("pos_"))
            .toList();
    Random random = new Random(SEED);
    String missing = needed.get(random.nextInt(needed.size()));
    List<String> others = tensors.keySet().stream().filter(n -> !n.equals(missing)).toList();
    String misshapen = others.get(random.nextInt(others.size()));
    String shape = Arrays.toString(tensors.get(misshapen).shape());
    tensors.remove(missing);
    tensors.put(misshapen, Tensor.floats(new long[] {1, 2, 1}, 3, 4));
    checkpoint.write(directory, tensors);
    UserMessage.of(checkpoint.toString(), () -> Architectures.build(Checkpoint.open(directory)))
        .contains(missing + " is missing")
        .contains(misshapen + " is [1, 2, 1], not " + shape);
  }

  @ParameterizedTest
  @MethodSource("types")
  void withoutAHeadTheLastLayerIsTheOutput(SyntheticCheckpoint checkpoint) throws IOException {
    Checkpoint base = checkpoint.set("architectures", "[\"AnyModel\"]").write(directory);
    ForwardPass pass = Architectures.build(base);
    assertThat(pass.task()).isEqualTo(Task.EMBEDDING);
    String shape = pass.model().graph().value(pass.model().logits()).shape().toString();
    assertThat(shape).matches("\\[batch, (sequence|\\d+), \\d+\\]");
    double[] outputs = Forward.outputs(base, 3, 17, 5, 30).data();
    assertThat(outputs).doesNotContain(Double.NaN);
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    tensors(base).forEach((name, tensor) -> renamed.put(withoutBase(name), tensor));
    checkpoint.write(directory, renamed);
    assertThat(Forward.outputs(Checkpoint.open(directory), 3, 17, 5, 30).data())
        .as("the same under the names that AutoModel writes")
        .containsExactly(outputs);
  }

  private static String withoutBase(String name) {
    return name.replaceFirst(
        "^(albert|bert|deberta|deit|distilbert|electra|model|mpnet|roberta|transformer|vit)\\.",
        "");
  }

  /** Random weights: nothing of the kind could be built of a constant. */
  @ParameterizedTest
  @MethodSource("models")
  void outputsDependOnTheInputs(SyntheticCheckpoint checkpoint) throws IOException {
    Checkpoint written = checkpoint.write(directory);
    DoubleTensor one = Forward.outputs(written, 3, 17, 5, 30);
    assertThat(Arrays.stream(one.data())).allMatch(Double::isFinite);
    if (checkpoint.vocabulary() > 0) {
      assertThat(Forward.outputs(written, 4, 17, 5, 31).data()).isNotEqualTo(one.data());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "albert-seqcls, AlbertForCausalLM",
    "bert-seqcls, BertLMHeadModel",
    "camembert-seqcls, CamembertForCausalLM",
    "deberta-v2-seqcls, DebertaV2ForImageClassification",
    "deit-imgcls, DeiTForSequenceClassification",
    "distilbert-seqcls, DistilBertForCausalLM",
    "electra-seqcls, ElectraForCausalLM",
    "gemma2-clm, Gemma2ForMaskedLM",
    "gpt2-clm, GPT2ForMaskedLM",
    "llama-clm, LlamaForQuestionAnswering",
    "modernbert-seqcls, ModernBertForQuestionAnswering",
    "mpnet-seqcls, MPNetForCausalLM",
    "roberta-seqcls, RobertaForCausalLM",
    "t5-tokcls, T5ForSequenceClassification",
    "vit-imgcls, ViTForTokenClassification"
  })
  void headsThatAnArchitectureHasNotAreRefusedByName(String fixture, String name)
      throws IOException {
    SyntheticCheckpoint checkpoint = SyntheticCheckpoint.of(fixture, SEED);
    Checkpoint written = checkpoint.write(directory);
    Map<String, Tensor> tensors = tensors(written);
    checkpoint.set("architectures", "[\"" + name + "\"]").write(directory, tensors);
    UserMessage.of(() -> Architectures.build(Checkpoint.open(directory)))
        .contains(name)
        .contains("model_type '" + checkpoint.config().get("model_type").asText() + "'")
        .contains("--model model.onnx");
  }
}
