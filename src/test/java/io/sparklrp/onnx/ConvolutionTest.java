package io.sparklrp.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import io.sparklrp.compile.Compilation;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import io.sparklrp.oracle.UserMessage;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.TargetSource;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions along the tokens are what ONNX defines, and their ledger closes. */
class ConvolutionTest {
  private static final int CHANNELS = 4;
  private static final int OUTPUTS = 6;
  private static final double[] IDS = {1, 4, 2, 0, 3, 1, 2};

  @TempDir Path directory;

  private final Random random = new Random(7);

  private OnnxMl.TensorProto.Builder floats(String name, int... shape) {
    return TinyModel.floats(name, random, shape);
  }

  private static float[] numbers(OnnxMl.TensorProto.Builder tensor) {
    FloatBuffer buffer =
        tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] numbers = new float[buffer.remaining()];
    buffer.get(numbers);
    return numbers;
  }

  private static OnnxMl.NodeProto.Builder transpose(String output, String input) {
    return TinyModel.node("Transpose", output, input)
        .addAttribute(TinyModel.longs("perm", 0, 2, 1));
  }

  private OnnxMl.ModelProto.Builder model(
      OnnxMl.TensorProto.Builder weights, OnnxMl.NodeProto.Builder convolution) {
    OnnxMl.GraphProto.Builder graph =
        OnnxMl.GraphProto.newBuilder()
            .addInput(TinyModel.ids("input_ids"))
            .addInitializer(floats("table", 5, CHANNELS))
            .addInitializer(weights)
            .addInitializer(floats("bias", OUTPUTS))
            .addNode(TinyModel.node("Gather", "words", "table", "input_ids"))
            .addNode(transpose("columns", "words"))
            .addNode(convolution)
            .addNode(transpose("rows", "convolved"))
            .addNode(
                TinyModel.node("ReduceMean", "logits", "rows")
                    .addAttribute(TinyModel.longs("axes", 1))
                    .addAttribute(TinyModel.number("keepdims", 0)))
            .addOutput(OnnxMl.ValueInfoProto.newBuilder().setName("logits"));
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(graph);
  }

  private OnnxModel read(OnnxMl.ModelProto.Builder model) throws IOException {
    Path file = Files.write(directory.resolve("model.onnx"), model.build().toByteArray());
    return OnnxModelFile.read(file, Optional.empty(), Optional.empty());
  }

  private static OnnxMl.NodeProto.Builder conv(
      int kernel, int group, int stride, int apart, int before, int behind) {
    return TinyModel.node("Conv", "convolved", "columns", "weights", "bias")
        .addAttribute(TinyModel.longs("kernel_shape", kernel))
        .addAttribute(TinyModel.longs("strides", stride))
        .addAttribute(TinyModel.longs("dilations", apart))
        .addAttribute(TinyModel.longs("pads", before, behind))
        .addAttribute(TinyModel.number("group", group));
  }

  @ParameterizedTest(name = "kernel {0}, groups {1}, stride {2}, dilation {3}, pads {4} {5}")
  @CsvSource({
    "3, 1, 1, 1, 1, 1", "1, 1, 1, 1, 0, 0", "3, 2, 1, 1, 1, 1", "3, 1, 2, 1, 1, 1",
    "3, 1, 1, 2, 2, 2", "2, 2, 3, 2, 0, 1", "5, 1, 1, 1, 4, 0", "4, 1, 2, 1, 3, 2",
    "1, 2, 2, 1, 0, 0"
  })
  void outputsAreOnnxsAndTheLedgerCloses(
      int kernel, int group, int stride, int apart, int before, int behind) throws IOException {
    OnnxMl.TensorProto.Builder weights = floats("weights", OUTPUTS, CHANNELS / group, kernel);
    OnnxModel model = read(model(weights, conv(kernel, group, stride, apart, before, behind)));
    CompiledRelevance compiled =
        Compilation.compile(model.graph(), Methods.LRP, TargetSource.SEED, LedgerDetail.LAYER);
    DoubleTensor seed = DoubleTensor.of(new int[] {1, OUTPUTS}, new double[] {1, -2, 3, 1, 1, 2});
    DoubleTensor ids = DoubleTensor.of(new int[] {1, IDS.length}, IDS);
    Map<String, DoubleTensor> values =
        Interpreter.run(compiled.graph(), Map.of("input_ids", ids, "seed", seed));
    double[] words = values.get("words").data();
    double[] bias = numbers(model.graph(), "bias");
    double[] expected =
        means(words, numbers(weights), bias, kernel, group, stride, apart, before, behind);
    assertThat(values.get("logits").data()).containsExactly(expected, within(1e-6));
    double parts =
        Arrays.stream(values.get("relevance").data()).sum()
            + Arrays.stream(values.get("ledger").data()).sum();
    assertThat(parts).isCloseTo(values.get("score").data()[0], within(1e-9));
    double booked = 0;
    for (int i = 0; i < OUTPUTS; i++) {
      booked += seed.data()[i] * bias[i];
    }
    assertThat(Arrays.stream(values.get("ledger").data()).sum()).isCloseTo(booked, within(1e-6));
  }

  private static double[] numbers(ModelGraph model, String name) {
    float[] numbers = model.graph().constant(name).orElseThrow().toFloats();
    double[] doubles = new double[numbers.length];
    Arrays.setAll(doubles, i -> numbers[i]);
    return doubles;
  }

  /** The mean over positions of the convolution, by its definition. */
  private static double[] means(
      double[] words,
      float[] weights,
      double[] bias,
      int kernel,
      int group,
      int stride,
      int apart,
      int before,
      int behind) {
    int length = IDS.length;
    int count = (length + before + behind - apart * (kernel - 1) - 1) / stride + 1;
    int inGroup = CHANNELS / group;
    double[] means = bias.clone();
    for (int output = 0; output < OUTPUTS; output++) {
      int first = output / (OUTPUTS / group) * inGroup;
      for (int at = 0; at < count; at++) {
        for (int channel = 0; channel < inGroup; channel++) {
          for (int tap = 0; tap < kernel; tap++) {
            int token = at * stride + tap * apart - before;
            double x = token < 0 || token >= length ? 0 : words[token * CHANNELS + first + channel];
            means[output] += x * weights[(output * inGroup + channel) * kernel + tap] / count;
          }
        }
      }
    }
    return means;
  }

  @Test
  void imagesAreRefused() {
    OnnxMl.ModelProto.Builder model =
        model(floats("weights", OUTPUTS, CHANNELS, 3), conv(3, 1, 1, 1, 1, 1));
    model.getGraphBuilder().getNodeBuilder(1).setOpType("Unsqueeze").clearAttribute();
    model
        .getGraphBuilder()
        .addInitializer(
            OnnxMl.TensorProto.newBuilder()
                .setName("front")
                .setDataType(7)
                .addDims(1)
                .addInt64Data(1));
    model.getGraphBuilder().getNodeBuilder(1).addInput("front");
    UserMessage.of(() -> read(model)).contains("Conv").contains("other than tokens");
  }
}
