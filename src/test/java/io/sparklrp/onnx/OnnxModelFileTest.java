package io.sparklrp.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import io.sparklrp.error.UserException;
import io.sparklrp.graph.Node;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of an ONNX file, and that whatever else is in one is refused in words. */
class OnnxModelFileTest {
  @TempDir Path directory;

  private Path write(OnnxMl.ModelProto.Builder model) throws IOException {
    return write(model.build().toByteArray());
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("model.onnx"), bytes);
  }

  private static OnnxModel read(Path file) {
    return OnnxModelFile.read(file, Optional.empty(), Optional.empty());
  }

  private AbstractStringAssert<?> refused(Consumer<OnnxMl.GraphProto.Builder> change)
      throws IOException {
    OnnxMl.ModelProto.Builder model = TinyModel.model();
    change.accept(model.getGraphBuilder());
    Path file = write(model);
    return UserMessage.of(() -> read(file));
  }

  private static double[] logits(OnnxModel model, double... ids) {
    DoubleTensor row = DoubleTensor.of(new int[] {1, ids.length}, ids);
    return Interpreter.run(model.graph().graph(), Map.of("input_ids", row))
        .get(model.graph().logits())
        .data();
  }

  @Test
  void pointsOfExplanationAreFound() throws IOException {
    OnnxModel model = read(write(TinyModel.model()));
    assertThat(model.graph().embeddings()).isEqualTo("words");
    assertThat(model.inputs()).containsExactly("input_ids");
    assertThat(model.notes()).isEmpty();
    assertThat(model.graph().graph().value("words").shape()).hasToString("[batch, sequence, 3]");
    assertThat(logits(model, 1, 4)).hasSize(2);
  }

  @Test
  void modelsThatEndInProbabilitiesAreExplainedBeforeThem() throws IOException {
    OnnxMl.ModelProto.Builder model = TinyModel.model();
    model
        .getGraphBuilder()
        .addNode(TinyModel.node("Softmax", "probabilities", "logits"))
        .setOutput(0, OnnxMl.ValueInfoProto.newBuilder().setName("probabilities"));
    OnnxModel read = read(write(model));
    assertThat(read.graph().logits()).isEqualTo("onnx.logits");
    assertThat(read.notes()).singleElement().asString().contains("Softmax");
  }

  @Test
  void theSameComesOutWhereverTheDataIs() throws IOException {
    double[] expected = logits(read(write(TinyModel.model())), 1, 4, 2);
    OnnxMl.ModelProto.Builder model = TinyModel.model();
    Files.write(
        directory.resolve("weights.bin"),
        concat(new byte[7], model.getGraph().getInitializer(0).getRawData().toByteArray()));
    model.getGraphBuilder().setInitializer(0, TinyModel.external("weights.bin", 7, 60));
    assertThat(logits(read(write(model)), 1, 4, 2)).containsExactly(expected);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Test
  void dataOutsideOfTheDirectoryIsRefused() throws IOException {
    Path outside = Files.createDirectories(directory.resolve("other")).resolve("weights.bin");
    Files.write(outside, new byte[60]);
    Path inside = Files.createDirectories(directory.resolve("model"));
    Files.createSymbolicLink(inside.resolve("link.bin"), outside);
    Files.createSymbolicLink(inside.resolve("up"), directory);
    for (String location :
        new String[] {
          "../other/weights.bin",
          outside.toString(),
          "link.bin",
          "up/other/weights.bin",
          "missing.bin",
          "",
          ".",
          "a\0b"
        }) {
      OnnxMl.ModelProto.Builder model = TinyModel.model();
      model.getGraphBuilder().setInitializer(0, TinyModel.external(location, 0, 60));
      Path file = Files.write(inside.resolve("model.onnx"), model.build().toByteArray());
      UserMessage.of(location.replace('\0', '0'), () -> read(file))
          .contains("table")
          .contains("outside of its directory");
    }
  }

  @Test
  void fewBytesAreNotManyTensors() throws IOException {
    Files.write(directory.resolve("weights.bin"), new byte[60]);
    OnnxMl.ModelProto.Builder model = TinyModel.model();
    model.getGraphBuilder().setInitializer(0, TinyModel.external("weights.bin", 0, 60));
    for (int i = 1; i < 4; i++) {
      model
          .getGraphBuilder()
          .addInitializer(TinyModel.external("weights.bin", 0, 60).setName("tied" + i));
    }
    assertThat(read(write(model)).inputs()).containsExactly("input_ids");
    model
        .getGraphBuilder()
        .addInitializer(TinyModel.external("weights.bin", 0, 60).setName("tied4"));
    Path file = write(model);
    UserMessage.of(() -> read(file)).contains("tied4").contains("300 bytes");
  }

  /** Folders of snapshots and blobs are believed in Hugging Face's cache alone. */
  @Test
  void onlyTheCacheMayHaveItsDataElsewhere() throws IOException {
    OnnxMl.ModelProto.Builder model = TinyModel.model();
    byte[] data = model.getGraph().getInitializer(0).getRawData().toByteArray();
    model.getGraphBuilder().setInitializer(0, TinyModel.external("weights.bin", 0, 60));
    for (String home : new String[] {"models--a--b/snapshots/r/onnx", "hub/snapshots/r/onnx"}) {
      Path inside = Files.createDirectories(directory.resolve(home));
      Path blobs = Files.createDirectories(inside.resolve("../../../blobs").normalize());
      Files.write(blobs.resolve("1"), data);
      Files.write(blobs.resolve("2"), model.build().toByteArray());
      Files.createSymbolicLink(inside.resolve("weights.bin"), Path.of("../../../blobs/1"));
      Path file = inside.resolve("model.onnx");
      Files.createSymbolicLink(file, Path.of("../../../blobs/2"));
      if (home.startsWith("models--")) {
        assertThat(logits(read(file), 1, 4)).hasSize(2);
      } else {
        UserMessage.of(() -> read(file)).contains("link that leaves");
        Files.delete(file);
        Files.copy(blobs.resolve("2"), file);
        UserMessage.of(() -> read(file)).contains("table").contains("outside of its directory");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 59", "1, 60", "-1, 60", "9223372036854775807, 60", "0, 9223372036854775807"})
  void dataThatTheFileDoesNotHoldIsRefused(long offset, long length) throws IOException {
    Files.write(directory.resolve("weights.bin"), new byte[60]);
    refused(graph -> graph.setInitializer(0, TinyModel.external("weights.bin", offset, length)))
        .contains("table");
  }

  @Test
  void wrongAmountsOfDataAreRefused() throws IOException {
    refused(graph -> graph.getInitializerBuilder(0).setRawData(ByteString.copyFrom(new byte[59])))
        .contains("table")
        .contains("60 bytes");
    refused(graph -> graph.getInitializerBuilder(0).clearRawData()).contains("holds 0");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1L << 31, 1L << 40, Long.MAX_VALUE})
  void hugeAndNegativeSizesAreRefused(long size) throws IOException {
    refused(graph -> graph.getInitializerBuilder(0).setDims(0, size)).contains("table");
    refused(graph -> graph.getInitializerBuilder(2).setDims(0, size).clearRawData())
        .contains("bias");
  }

  @Test
  void constantsThatAreNoNumbersAreRefusedByName() throws IOException {
    for (float odd : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(4, odd);
      OnnxMl.ModelProto.Builder model = TinyModel.model();
      model.getGraphBuilder().getInitializerBuilder(2).setRawData(ByteString.copyFrom(data));
      OnnxModel read = read(write(model));
      UserMessage.of(() -> logits(read, 1)).contains("bias").contains("NaN or Inf");
    }
  }

  @Test
  void circlesAndDoubledNamesAreRefused() throws IOException {
    refused(graph -> graph.getNodeBuilder(1).setInput(0, "logits")).contains("circle");
    refused(graph -> graph.getNodeBuilder(2).setOutput(0, "mean"))
        .contains("mean")
        .contains("twice");
    refused(graph -> graph.getNodeBuilder(2).setInput(1, "nothing")).contains("nothing");
    refused(graph -> graph.getInitializerBuilder(1).setName("table")).contains("twice");
    refused(graph -> graph.getInitializerBuilder(1).setName("we\night")).contains("we?ight");
  }

  @Test
  void nodesOfOneNameAndNodesInAnyOrderAreRead() throws IOException {
    double[] expected = logits(read(write(TinyModel.model())), 3, 3);
    OnnxMl.ModelProto.Builder model = TinyModel.model();
    OnnxMl.GraphProto.Builder graph = model.getGraphBuilder();
    OnnxMl.NodeProto last = graph.getNode(3).toBuilder().setName("n").build();
    graph.setNode(3, graph.getNode(0).toBuilder().setName("n")).setNode(0, last);
    assertThat(logits(read(write(model)), 3, 3)).containsExactly(expected);
  }

  @Test
  void allThatIsNotSupportedIsNamedAtOnce() throws IOException {
    refused(
            graph -> {
              graph.setNode(1, TinyModel.node("Mystery", "mean", "words").setName("first"));
              graph
                  .getNodeBuilder(3)
                  .setName("second")
                  .setOpType("If")
                  .addAttribute(
                      OnnxMl.AttributeProto.newBuilder()
                          .setName("then_branch")
                          .setType(OnnxMl.AttributeProto.AttributeType.GRAPH));
            })
        .contains("Mystery")
        .contains("first");
    refused(
            graph ->
                graph
                    .addNode(
                        TinyModel.node("Loop", "x", "words")
                            .setName("third")
                            .addAttribute(
                                OnnxMl.AttributeProto.newBuilder()
                                    .setName("body")
                                    .setType(OnnxMl.AttributeProto.AttributeType.GRAPH)))
                    .addNode(TinyModel.node("Unique", "y", "words").setName("fourth")))
        .contains("third (Loop: control flow)")
        .contains("fourth (Unique)");
  }

  @Test
  void whatCannotBeExplainedIsRefused() throws IOException {
    Path file = write(TinyModel.model());
    UserMessage.of(() -> OnnxModelFile.read(file, Optional.of("none"), Optional.empty()))
        .contains("none")
        .contains("words");
    UserMessage.of(() -> OnnxModelFile.read(file, Optional.empty(), Optional.of("none")))
        .contains("none")
        .contains("logits");
    UserMessage.of(() -> OnnxModelFile.read(file, Optional.of("mean"), Optional.empty()))
        .contains("mean");
    UserMessage.of(() -> read(directory.resolve("missing.onnx"))).contains("missing.onnx");
    refused(
            graph -> {
              graph.setInput(0, TinyModel.ids("attention_mask"));
              graph.getNodeBuilder(0).setInput(1, "attention_mask");
            })
        .contains("lookup");
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    for (byte[] bytes :
        new byte[][] {{}, {1}, "{\"a\": 1}".getBytes(java.nio.charset.StandardCharsets.UTF_8)}) {
      Path file = write(bytes);
      UserMessage.of(() -> read(file)).contains("model.onnx");
    }
  }

  /** Damaged in any way, a file is read or refused, and nothing else. */
  @ParameterizedTest
  @ValueSource(strings = {"tiny", "bert-seqcls-torchscript-14", "bert-seqcls-dynamo-20"})
  void damagedFilesAreReadOrRefused(String name) throws IOException {
    byte[] whole =
        name.equals("tiny")
            ? TinyModel.model().build().toByteArray()
            : Files.readAllBytes(Path.of("src/test/resources/onnx", name + ".onnx"));
    Random random = new Random(7);
    int rounds = name.equals("tiny") ? 2000 : 60;
    for (int round = 0; round < rounds; round++) {
      byte[] damaged = whole.clone();
      int changes = 1 + random.nextInt(4);
      for (int i = 0; i < changes; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      if (round % 3 == 0) {
        damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
      }
      Path file = write(damaged);
      assertThatCode(() -> readOrRefuse(file))
          .as("seed 7, round " + round)
          .doesNotThrowAnyException();
    }
  }

  private static void readOrRefuse(Path file) {
    try {
      read(file).graph().graph().nodes().forEach(Node::qualifiedOp);
    } catch (UserException e) {
      assertThat(e.getMessage()).startsWith("Cannot ").hasLineCount(1);
    }
  }
}
