package io.sparklrp.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import io.sparklrp.error.UserException;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operators that opset 23 has for attention and rotary positions, against plain loops. */
class StandardAttentionTest {
  private static final int TOKENS = 3;
  private static final int HEADS = 4;
  private static final int SIZE = 4;
  private static final double[] IDS = {1, 4, 2};

  @TempDir Path directory;

  private static OnnxMl.AttributeProto.Builder decimal(String name, float value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.FLOAT)
        .setF(value);
  }

  private OnnxModel read(int keyHeads, OnnxMl.NodeProto.Builder node) throws IOException {
    OnnxMl.ModelProto.Builder model = TinyModel.model(23);
    OnnxMl.GraphProto.Builder graph = model.getGraphBuilder();
    graph.addInitializer(
        TinyModel.floats("to_queries", new Random(5), TinyModel.WIDTH, HEADS * SIZE));
    graph.addInitializer(
        TinyModel.floats("to_keys", new Random(6), TinyModel.WIDTH, keyHeads * SIZE));
    graph.addInitializer(TinyModel.floats("back", new Random(7), HEADS * SIZE, TinyModel.WIDTH));
    graph.addInitializer(TinyModel.floats("bias_of_scores", new Random(8), TOKENS, TOKENS));
    graph.addInitializer(TinyModel.floats("cosine", new Random(9), 1, TOKENS, SIZE / 2));
    graph.addInitializer(TinyModel.floats("sine", new Random(10), 1, TOKENS, SIZE / 2));
    graph.addNode(TinyModel.node("MatMul", "queries", "words", "to_queries"));
    graph.addNode(TinyModel.node("MatMul", "keys", "words", "to_keys"));
    graph.addNode(node);
    graph.addNode(TinyModel.node("MatMul", "between", "made", "back"));
    graph.getNodeBuilder(1).setInput(0, "between");
    Path file = Files.write(directory.resolve("model.onnx"), model.build().toByteArray());
    return OnnxModelFile.read(file, Optional.empty(), Optional.empty());
  }

  private static Map<String, DoubleTensor> values(OnnxModel model) {
    return Interpreter.run(
        model.graph().graph(), Map.of("input_ids", DoubleTensor.of(new int[] {1, TOKENS}, IDS)));
  }

  @ParameterizedTest
  @CsvSource({"4, false, 0", "2, false, 0", "1, true, 0", "2, true, 1.5"})
  void attentionIsThatOfPlainLoops(int keyHeads, boolean isCausal, float cap) throws IOException {
    OnnxMl.NodeProto.Builder node =
        TinyModel.node("Attention", "made", "queries", "keys", "keys", "bias_of_scores")
            .addAttribute(TinyModel.number("q_num_heads", HEADS))
            .addAttribute(TinyModel.number("kv_num_heads", keyHeads))
            .addAttribute(TinyModel.number("is_causal", isCausal ? 1 : 0))
            .addAttribute(decimal("softcap", cap));
    Map<String, DoubleTensor> values = values(read(keyHeads, node));
    for (int head = 0; head < HEADS; head++) {
      for (int query = 0; query < TOKENS; query++) {
        double[] wanted = context(values, head, head * keyHeads / HEADS, query, isCausal, cap);
        for (int i = 0; i < SIZE; i++) {
          assertThat(values.get("made").at(0, query, head * SIZE + i))
              .isCloseTo(wanted[i], within(1e-6));
        }
      }
    }
  }

  private static double[] context(
      Map<String, DoubleTensor> values,
      int head,
      int keyHead,
      int query,
      boolean isCausal,
      float cap) {
    double[] context = new double[SIZE];
    double total = 0;
    for (int key = 0; key < (isCausal ? query + 1 : TOKENS); key++) {
      double score = 0;
      for (int i = 0; i < SIZE; i++) {
        score +=
            values.get("queries").at(0, query, head * SIZE + i)
                * values.get("keys").at(0, key, keyHead * SIZE + i);
      }
      score /= Math.sqrt(SIZE);
      score = cap == 0 ? score : cap * Math.tanh(score / cap);
      double weight = Math.exp(score + values.get("bias_of_scores").at(query, key));
      total += weight;
      for (int i = 0; i < SIZE; i++) {
        context[i] += weight * values.get("keys").at(0, key, keyHead * SIZE + i);
      }
    }
    for (int i = 0; i < SIZE; i++) {
      context[i] /= total;
    }
    return context;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rotationIsThatOfPlainLoops(boolean isInterleaved) throws IOException {
    OnnxMl.NodeProto.Builder node =
        TinyModel.node("RotaryEmbedding", "made", "queries", "cosine", "sine")
            .addAttribute(TinyModel.number("num_heads", HEADS))
            .addAttribute(TinyModel.number("interleaved", isInterleaved ? 1 : 0));
    Map<String, DoubleTensor> values = values(read(HEADS, node));
    double[] cosine = angles(9);
    double[] sine = angles(10);
    for (int token = 0; token < TOKENS; token++) {
      for (int pair = 0; pair < HEADS * SIZE / 2; pair++) {
        int head = pair / (SIZE / 2) * SIZE;
        int own = pair % (SIZE / 2);
        int first = head + (isInterleaved ? 2 * own : own);
        int second = isInterleaved ? first + 1 : first + SIZE / 2;
        double a = values.get("queries").at(0, token, first);
        double b = values.get("queries").at(0, token, second);
        double c = cosine[token * (SIZE / 2) + own];
        double s = sine[token * (SIZE / 2) + own];
        assertThat(values.get("made").at(0, token, first)).isCloseTo(a * c - b * s, within(1e-6));
        assertThat(values.get("made").at(0, token, second)).isCloseTo(b * c + a * s, within(1e-6));
      }
    }
  }

  /** What {@link TinyModel#floats} makes of a seed. */
  private static double[] angles(long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, TOKENS * SIZE / 2)
        .mapToDouble(i -> (float) random.nextGaussian())
        .toArray();
  }

  @Test
  void pastKeysAreRefused() {
    OnnxMl.NodeProto.Builder node =
        TinyModel.node("Attention", "made", "queries", "keys", "keys", "", "keys", "keys")
            .addAttribute(TinyModel.number("q_num_heads", HEADS))
            .addAttribute(TinyModel.number("kv_num_heads", HEADS));
    assertThatThrownBy(() -> read(HEADS, node))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("past keys and values");
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 25})
  void opsetsOfAnotherMeaningAreRefused(long opset) throws IOException {
    Path file =
        Files.write(directory.resolve("model.onnx"), TinyModel.model(opset).build().toByteArray());
    assertThatThrownBy(() -> OnnxModelFile.read(file, Optional.empty(), Optional.empty()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("opset " + opset)
        .hasMessageContaining("Export the model with opset 18");
  }
}
