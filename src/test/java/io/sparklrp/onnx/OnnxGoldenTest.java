package io.sparklrp.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.compile.Compilation;
import io.sparklrp.method.Gradient;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.GraphMethods;
import io.sparklrp.oracle.Interpreter;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.NodeKind;
import io.sparklrp.relevance.TargetSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Exported golden checkpoints against the float64 references, by the double-precision oracle. */
class OnnxGoldenTest {
  private static final Path FILES = Path.of("src/test/resources/onnx");
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final double CLOSE = 1e-5;
  private static final int RECORDS = 3;

  static Stream<Arguments> filesAndMethods() {
    return Stream.of(
            "bert-seqcls-torchscript-14",
            "bert-seqcls-dynamo-20",
            "distilbert-seqcls-torchscript-11",
            "gpt2-seqcls-torchscript-17",
            "llama-clm-torchscript-17",
            "llama-clm-dynamo-18")
        .flatMap(file -> gradients().map(method -> Arguments.of(file, method)));
  }

  /** What else there is, is compared on the engine. */
  private static Stream<Method> gradients() {
    return GraphMethods.ofExports().stream().filter(Gradient.class::isInstance);
  }

  @ParameterizedTest
  @MethodSource("filesAndMethods")
  void relevanceAndLedgerAreTheReferences(String file, Method method) throws IOException {
    assumeTrue(
        !file.startsWith("llama") || !method.isConservative() || knowsGates(),
        "gated products have no rule of their own yet");
    OnnxModel model =
        OnnxModelFile.read(FILES.resolve(file + ".onnx"), Optional.empty(), Optional.empty());
    assertThat(model.notes()).isEmpty();
    CompiledRelevance compiled =
        Compilation.compile(model.graph(), method, TargetSource.SEED, LedgerDetail.LAYER);
    String fixture = file.replaceAll("-(torchscript|dynamo)-\\d+$", "");
    JsonNode golden =
        new ObjectMapper().readTree(GOLDEN.resolve(fixture).resolve("golden.json").toFile());
    for (int i = 0; i < RECORDS; i++) {
      compare(golden.get("records").get(i), model, compiled, method);
    }
  }

  private static boolean knowsGates() {
    return Arrays.stream(NodeKind.values()).anyMatch(kind -> kind.name().contains("GATE"));
  }

  private static void compare(
      JsonNode record, OnnxModel model, CompiledRelevance compiled, Method method) {
    Map<String, DoubleTensor> inputs = new HashMap<>();
    model.inputs().forEach(name -> inputs.put(name, row(record.get(name))));
    inputs.put("seed", seed(record, model));
    Map<String, DoubleTensor> values = Interpreter.run(compiled.graph(), inputs);
    String like = method.id().equals("lrp-stay") ? "lrp" : method.id();
    double scale = record.get("extra").get("max-abs-xg").get(like).asDouble();
    double close = CLOSE * Math.max(1, scale);
    assertThat(values.get("score").data()[0]).isCloseTo(record.get("y").asDouble(), within(close));
    assertThat(values.get("relevance").data())
        .containsExactly(doubles(record.get("relevance").get(method.id())), within(close));
    JsonNode ledger =
        method == Methods.LRP
            ? record.get("ledger")
            : record.get("ledger_of_other_methods").get(method.id());
    compareLedger(compiled.ledgerEntries(), values, ledger, close);
  }

  private static void compareLedger(
      List<String> entries, Map<String, DoubleTensor> values, JsonNode reference, double close) {
    double[] amounts = values.get("ledger").data();
    double parts = Arrays.stream(values.get("relevance").data()).sum();
    for (int i = 0; i < entries.size(); i++) {
      String entry = entries.get(i);
      JsonNode wanted =
          reference.has(entry) ? reference.get(entry) : reference.get("bias_by_layer").get(entry);
      assertThat(wanted).as(entry).isNotNull();
      assertThat(amounts[i]).as(entry).isCloseTo(wanted.asDouble(), within(close));
      parts += amounts[i];
    }
    reference
        .get("bias_by_layer")
        .fieldNames()
        .forEachRemaining(e -> assertThat(entries).contains(e));
    assertThat(values.get("score").data()[0] - parts)
        .isCloseTo(reference.get("residual").asDouble(), within(10 * close));
  }

  /** Weights of all outputs, of every token where there are outputs for each. */
  private static DoubleTensor seed(JsonNode record, OnnxModel model) {
    int rank = model.graph().graph().value(model.graph().logits()).rank();
    int classes = record.get("logits").size();
    int length = record.get("input_ids").size();
    DoubleTensor seed =
        rank == 2 ? DoubleTensor.zeros(1, classes) : DoubleTensor.zeros(1, length, classes);
    for (JsonNode weight : record.get("seed")) {
      JsonNode index = weight.get("index");
      int at =
          rank == 2 ? index.get(0).asInt() : index.get(0).asInt() * classes + index.get(1).asInt();
      seed.data()[at] = weight.get("weight").asDouble();
    }
    return seed;
  }

  private static DoubleTensor row(JsonNode numbers) {
    double[] values = doubles(numbers);
    return DoubleTensor.of(new int[] {1, values.length}, values);
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asDouble();
    }
    return values;
  }
}
