package io.sparklrp.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import io.sparklrp.compile.Compilation;
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.TargetSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators of other versions and of ONNX Runtime's optimiser. */
class GraphImportTest {
  private static final double[] IDS = {1, 4, 2};

  @TempDir Path directory;

  private OnnxModel read(OnnxMl.ModelProto.Builder model) throws IOException {
    Path file = Files.write(directory.resolve("model.onnx"), model.build().toByteArray());
    return OnnxModelFile.read(file, Optional.empty(), Optional.empty());
  }

  private static OnnxMl.NodeProto.Builder fused(String op, String output, String... inputs) {
    return TinyModel.node(op, output, inputs).setDomain("com.microsoft");
  }

  private static OnnxMl.TensorProto.Builder parameter(String name, int... shape) {
    return TinyModel.floats(name, new Random(name.hashCode()), shape);
  }

  /** The tiny model with something between its words and its mean. */
  private OnnxModel between(
      long opset, List<OnnxMl.TensorProto.Builder> parameters, OnnxMl.NodeProto.Builder... nodes)
      throws IOException {
    OnnxMl.ModelProto.Builder model = TinyModel.model(opset);
    model.addOpsetImport(
        OnnxMl.OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1));
    OnnxMl.GraphProto.Builder graph = model.getGraphBuilder();
    parameters.forEach(graph::addInitializer);
    Arrays.stream(nodes).forEach(graph::addNode);
    graph.getNodeBuilder(1).setInput(0, "between");
    return read(model);
  }

  /** Explains under lrp, whose ledger closes wherever the operators are right. */
  private static void closes(OnnxModel model) {
    CompiledRelevance compiled =
        Compilation.compile(model.graph(), Methods.LRP, TargetSource.SEED, LedgerDetail.LAYER);
    Map<String, DoubleTensor> values =
        Interpreter.run(
            compiled.graph(),
            Map.of(
                "input_ids", DoubleTensor.of(new int[] {1, 3}, IDS),
                "seed", DoubleTensor.of(new int[] {1, 2}, 1, -2)));
    double parts =
        Arrays.stream(values.get("relevance").data()).sum()
            + Arrays.stream(values.get("ledger").data()).sum();
    assertThat(parts).isCloseTo(values.get("score").data()[0], within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 13, 17})
  void splitsAreSlices(long opset) throws IOException {
    OnnxMl.NodeProto.Builder split = TinyModel.node("Split", "first", "words").addOutput("second");
    split.addAttribute(TinyModel.number("axis", 2));
    List<OnnxMl.TensorProto.Builder> sizes = List.of();
    if (opset < 13) {
      split.addAttribute(TinyModel.longs("split", 1, 2));
    } else {
      sizes =
          List.of(
              OnnxMl.TensorProto.newBuilder()
                  .setName("sizes")
                  .setDataType(7)
                  .addDims(2)
                  .addInt64Data(1)
                  .addInt64Data(2));
      split.addInput("sizes");
    }
    OnnxMl.NodeProto.Builder back =
        TinyModel.node("Concat", "between", "second", "first")
            .addAttribute(TinyModel.number("axis", -1));
    closes(between(opset, sizes, split, back));
  }

  @Test
  void clippingKeepsWhatIsSelected() throws IOException {
    OnnxMl.NodeProto.Builder clip = TinyModel.node("Clip", "between", "words", "low", "high");
    closes(
        between(
            13,
            List.of(
                OnnxMl.TensorProto.newBuilder().setName("low").setDataType(1).addFloatData(-0.5f),
                OnnxMl.TensorProto.newBuilder().setName("high").setDataType(1).addFloatData(0.7f)),
            clip));
  }

  @Test
  void normalisationsWithAResidualAreTakenApart() throws IOException {
    closes(
        between(
            13,
            List.of(parameter("gamma", 3), parameter("beta", 3), parameter("extra", 3)),
            fused("BiasGelu", "gelu", "words", "extra"),
            fused("SkipLayerNormalization", "between", "gelu", "words", "gamma", "beta", "extra")));
  }

  @Test
  void fusedAttentionIsTakenApart() throws IOException {
    OnnxModel model =
        between(
            13,
            List.of(parameter("qkv", 3, 9), parameter("qkv_bias", 9)),
            fused("Attention", "between", "words", "qkv", "qkv_bias")
                .addAttribute(TinyModel.number("num_heads", 3))
                .addAttribute(TinyModel.number("unidirectional", 1)));
    assertThat(model.graph().graph().nodes()).anyMatch(node -> node.op().equals("Softmax"));
    closes(model);
  }

  @Test
  void embeddingsAreTakenApart() throws IOException {
    OnnxMl.ModelProto.Builder model = TinyModel.model();
    model
        .getGraphBuilder()
        .addInitializer(parameter("positions", 8, 3))
        .addInitializer(parameter("gamma", 3))
        .addInitializer(parameter("beta", 3))
        .setNode(
            0,
            fused(
                    "EmbedLayerNormalization",
                    "words",
                    "input_ids",
                    "",
                    "table",
                    "positions",
                    "",
                    "gamma",
                    "beta")
                .setName("embed"));
    OnnxModel read = read(model);
    assertThat(read.graph().embeddings()).isEqualTo("embed.words");
    closes(read);
  }

  @Test
  void halfPrecisionIsReadAsFloat() throws IOException {
    OnnxMl.TensorProto.Builder half =
        OnnxMl.TensorProto.newBuilder().setName("half").setDataType(10).addDims(3);
    half.addInt32Data(0x3c00).addInt32Data(0xc000).addInt32Data(0x0001);
    OnnxModel model = between(13, List.of(half), TinyModel.node("Mul", "between", "words", "half"));
    assertThat(model.graph().graph().constant("half").orElseThrow().toFloats())
        .containsExactly(1f, -2f, 0x1p-24f);
    closes(model);
  }
}
