package io.sparklrp.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A table of whole numbers is the word lookup, however it is made floats; no other table is. */
class QuantisedRowsTest {
  private static final int ZERO = 3;
  private static final float[] SCALES = {0.5f, 0.25f, 2f, 1f, 0.125f};
  private static final DoubleTensor IDS = DoubleTensor.of(new int[] {1, 3}, new double[] {1, 4, 2});
  private static final DoubleTensor TYPES =
      DoubleTensor.of(new int[] {1, 3}, new double[] {0, 1, 1});

  @TempDir Path directory;

  /** How the rows are made. */
  private enum Form {
    TABLE_CAST_MUL,
    TABLE_CAST_SUB_MUL,
    ROWS_CAST_MUL,
    ROWS_CAST_SUB_MUL,
    ROWS_CAST_SUB_DIV,
    ROWS_SUB_CAST_MUL,
    ROWS_CAST_MUL_SCALES,
    ROWS_CAST_SUB_MUL_SCALES,
    ROWS_BLOCKS;

    boolean has(String part) {
      return name().contains(part);
    }
  }

  private static int number(int row, int column) {
    return (row * 5 + column * 7) % 11 - 5;
  }

  private static float expected(Form form, int row, int column) {
    int zero = form.has("SUB") ? ZERO : 0;
    float scale = form.has("SCALES") || form.has("BLOCKS") ? SCALES[row] : 0.5f;
    return (number(row, column) - zero) * scale;
  }

  private static OnnxMl.TensorProto.Builder table(Form form) {
    OnnxMl.TensorProto.Builder table =
        OnnxMl.TensorProto.newBuilder().setName("table").setDataType(form == null ? 3 : 1);
    table.addDims(TinyModel.WORDS).addDims(TinyModel.WIDTH);
    for (int row = 0; row < TinyModel.WORDS; row++) {
      for (int column = 0; column < TinyModel.WIDTH; column++) {
        if (form == null) {
          table.addInt32Data(number(row, column));
        } else {
          table.addFloatData(expected(form, row, column));
        }
      }
    }
    return table;
  }

  private static OnnxMl.TensorProto.Builder scalar(String name, int type, float value) {
    OnnxMl.TensorProto.Builder scalar =
        OnnxMl.TensorProto.newBuilder().setName(name).setDataType(type);
    return type == 1 ? scalar.addFloatData(value) : scalar.addInt32Data((int) value);
  }

  private static OnnxMl.TensorProto.Builder scales() {
    OnnxMl.TensorProto.Builder scales =
        OnnxMl.TensorProto.newBuilder().setName("scales").setDataType(1).addDims(5).addDims(1);
    for (float scale : SCALES) {
      scales.addFloatData(scale);
    }
    return scales;
  }

  private static OnnxMl.TensorProto.Builder longs(String name, long... values) {
    OnnxMl.TensorProto.Builder tensor =
        OnnxMl.TensorProto.newBuilder().setName(name).setDataType(7).addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return tensor;
  }

  private static OnnxMl.NodeProto.Builder cast(String output, String input) {
    return TinyModel.node("Cast", output, input).addAttribute(TinyModel.number("to", 1));
  }

  /** The tiny model with types added to the words, and other nodes in place of the lookup. */
  private static OnnxMl.ModelProto.Builder model(
      OnnxMl.TensorProto.Builder table, OnnxMl.NodeProto.Builder... lookup) {
    OnnxMl.ModelProto.Builder model = TinyModel.model();
    OnnxMl.GraphProto.Builder graph = model.getGraphBuilder();
    graph
        .setInitializer(0, table)
        .addInput(TinyModel.ids("token_type_ids"))
        .addInitializer(TinyModel.floats("types", new Random(5), 2, TinyModel.WIDTH))
        .addInitializer(scalar("scale", 1, 0.5f))
        .addInitializer(scalar("two", 1, 2f))
        .addInitializer(scalar("zero", 1, ZERO))
        .addInitializer(scalar("zero_int", 3, ZERO))
        .addInitializer(scales())
        .addInitializer(longs("blocks", 0, 0, 3, 1))
        .addInitializer(longs("last", 3))
        .addInitializer(longs("whole", 0, 0, 3));
    graph.removeNode(0);
    for (OnnxMl.NodeProto.Builder node : lookup) {
      graph.addNode(node);
    }
    graph
        .addNode(TinyModel.node("Gather", "typed", "types", "token_type_ids"))
        .addNode(TinyModel.node("Add", "summed", "words", "typed"));
    graph.getNodeBuilder(0).setInput(0, "summed");
    return model;
  }

  private static OnnxMl.NodeProto.Builder[] nodes(Form form) {
    OnnxMl.NodeProto.Builder rows = TinyModel.node("Gather", "rows", "table", "input_ids");
    OnnxMl.NodeProto.Builder scaleRows = TinyModel.node("Gather", "by_row", "scales", "input_ids");
    OnnxMl.NodeProto.Builder shifted = TinyModel.node("Sub", "shifted", "floats", "zero");
    return switch (form) {
      case TABLE_CAST_MUL ->
          nodes(
              cast("floats", "table"),
              TinyModel.node("Mul", "made", "floats", "scale"),
              TinyModel.node("Gather", "words", "made", "input_ids"));
      case TABLE_CAST_SUB_MUL ->
          nodes(
              cast("floats", "table"),
              shifted,
              TinyModel.node("Mul", "made", "shifted", "scale"),
              TinyModel.node("Gather", "words", "made", "input_ids"));
      case ROWS_CAST_MUL ->
          nodes(rows, cast("floats", "rows"), TinyModel.node("Mul", "words", "scale", "floats"));
      case ROWS_CAST_SUB_MUL ->
          nodes(
              rows,
              cast("floats", "rows"),
              shifted,
              TinyModel.node("Mul", "words", "shifted", "scale"));
      case ROWS_CAST_SUB_DIV ->
          nodes(
              rows,
              cast("floats", "rows"),
              shifted,
              TinyModel.node("Div", "words", "shifted", "two"));
      case ROWS_SUB_CAST_MUL ->
          nodes(
              cast("wide", "rows").setAttribute(0, TinyModel.number("to", 6)),
              rows,
              TinyModel.node("Sub", "shifted", "wide", "zero_int"),
              cast("floats", "shifted"),
              TinyModel.node("Mul", "words", "floats", "scale"));
      case ROWS_CAST_MUL_SCALES ->
          nodes(
              scaleRows,
              rows,
              cast("floats", "rows"),
              TinyModel.node("Mul", "words", "floats", "by_row"));
      case ROWS_CAST_SUB_MUL_SCALES ->
          nodes(
              scaleRows,
              rows,
              cast("floats", "rows"),
              shifted,
              TinyModel.node("Mul", "words", "shifted", "by_row"));
      case ROWS_BLOCKS ->
          nodes(
              scaleRows,
              TinyModel.node("Unsqueeze", "by_block", "by_row", "last"),
              rows,
              cast("floats", "rows"),
              TinyModel.node("Reshape", "blocked", "floats", "blocks"),
              TinyModel.node("Mul", "scaled", "blocked", "by_block"),
              TinyModel.node("Reshape", "words", "scaled", "whole"));
    };
  }

  private static OnnxMl.NodeProto.Builder[] nodes(OnnxMl.NodeProto.Builder... nodes) {
    return nodes;
  }

  private OnnxModel read(OnnxMl.ModelProto.Builder model) throws IOException {
    Path file = Files.write(directory.resolve("model.onnx"), model.build().toByteArray());
    return OnnxModelFile.read(file, Optional.empty(), Optional.empty());
  }

  private static Map<String, DoubleTensor> values(OnnxModel model) {
    return Interpreter.run(
        model.graph().graph(), Map.of("input_ids", IDS, "token_type_ids", TYPES));
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void dequantisedRowsAreTheWords(Form form) throws IOException {
    OnnxMl.NodeProto.Builder plain = TinyModel.node("Gather", "words", "table", "input_ids");
    OnnxModel floats = read(model(table(form), plain));
    OnnxModel whole = read(model(table(null), nodes(form)));
    assertThat(whole.graph().embeddings()).isEqualTo("words");
    Map<String, DoubleTensor> expected = values(floats);
    Map<String, DoubleTensor> found = values(whole);
    assertThat(found.get("words").shape()).containsExactly(1, 3, TinyModel.WIDTH);
    assertThat(found.get("words").data())
        .containsExactly(expected.get("words").data(), within(1e-6));
    assertThat(found.get(whole.graph().logits()).data())
        .containsExactly(expected.get(floats.graph().logits()).data(), within(1e-6));
  }

  /** Types, and scales, are never offered for words. */
  @Test
  void whatIsNoLookupOfWordsIsRefused() throws IOException {
    OnnxMl.ModelProto.Builder model =
        model(
            table(null),
            TinyModel.node("Gather", "rows", "table", "input_ids"),
            cast("floats", "rows"),
            TinyModel.node("Tanh", "words", "floats"));
    Path file = Files.write(directory.resolve("model.onnx"), model.build().toByteArray());
    UserMessage.of(() -> OnnxModelFile.read(file, Optional.empty(), Optional.empty()))
        .contains("no lookup of input_ids")
        .doesNotContain("typed");
  }

  @Test
  void anotherInputIsNotTakenForWords() throws IOException {
    OnnxMl.ModelProto.Builder model =
        model(
            table(null),
            TinyModel.node("Gather", "rows", "table", "input_ids"),
            cast("floats", "rows"),
            TinyModel.node("Tanh", "words", "floats"));
    OnnxMl.GraphProto.Builder graph = model.getGraphBuilder();
    graph.setInput(1, TinyModel.ids("entity_ids"));
    graph.getNodeBuilder(graph.getNodeCount() - 2).setInput(1, "entity_ids");
    Path file = Files.write(directory.resolve("model.onnx"), model.build().toByteArray());
    UserMessage.of(() -> OnnxModelFile.read(file, Optional.empty(), Optional.empty()))
        .contains("no lookup of input_ids");
  }
}
