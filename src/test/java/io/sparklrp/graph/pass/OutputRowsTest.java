package io.sparklrp.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparklrp.forward.Architectures;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import io.sparklrp.oracle.RandomTensor;
import io.sparklrp.oracle.SyntheticCheckpoint;
import io.sparklrp.oracle.SyntheticInputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of outputs that each record names, and what is then still computed for every token. */
class OutputRowsTest {
  private static final long SEED = 1234;

  /** Rows 3 and 0 of the first record, 1 twice of the second. */
  private static final DoubleTensor POSITIONS = DoubleTensor.of(new int[] {2, 2}, 3, 0, 1, 1);

  @TempDir Path directory;

  private final GraphBuilder builder = new GraphBuilder("test");
  private final Ops ops = new Ops(builder, "t", "layer.0");
  private final Dim batch = Dim.symbol("batch");
  private final Dim sequence = Dim.symbol("sequence");

  private static ModelGraph pruned(ModelGraph model) {
    return new ModelGraph(SlicePushdown.apply(model.graph()), model.embeddings(), model.logits());
  }

  private ModelGraph forward(SyntheticCheckpoint checkpoint) throws IOException {
    return Architectures.build(checkpoint.write(directory)).model();
  }

  /** The named rows of all outputs, record by record, whatever is computed for them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bert-tokcls", "bert-qa", "deberta-v2-seqcls", "gemma2-clm", "gemma3-clm", "gpt2-clm",
        "llama-clm", "mistral-clm", "modernbert-mlm", "mpnet-mlm", "phi3-clm", "roberta-mlm",
        "t5-tokcls"
      })
  void selectedRowsAreThoseOfAllOutputs(String fixture) throws IOException {
    SyntheticCheckpoint checkpoint = SyntheticCheckpoint.of(fixture, SEED);
    if (fixture.equals("deberta-v2-seqcls")) {
      checkpoint.set("architectures", "[\"DebertaV2ForTokenClassification\"]");
    }
    ModelGraph model = forward(checkpoint);
    SyntheticInputs inputs = new SyntheticInputs(checkpoint);
    DoubleTensor all =
        Interpreter.run(model.graph(), inputs.batch(model.graph(), 1)).get(model.logits());
    ModelGraph selected = OutputRows.select(model, Dim.of(2));
    ModelGraph small = pruned(selected);
    Map<String, DoubleTensor> fed = inputs.batch(small.graph(), 1);
    DoubleTensor rows = Interpreter.run(small.graph(), fed).get(small.logits());
    DoubleTensor whole = Interpreter.run(selected.graph(), fed).get(selected.logits());
    assertThat(rows.shape()).containsExactly(SyntheticInputs.count(), 2, all.shape()[2]);
    for (int b = 0; b < SyntheticInputs.count(); b++) {
      for (int row = 0; row < 2; row++) {
        int at = (int) fed.get(OutputRows.POSITIONS).at(b, row);
        for (int j = 0; j < all.shape()[2]; j++) {
          assertThat(rows.at(b, row, j))
              .as("record %d, row %d, output %d of %s", b, at, j, checkpoint)
              .isEqualTo(all.at(b, at, j))
              .isEqualTo(whole.at(b, row, j));
        }
      }
    }
  }

  /**
   * Of the last layer's linear parts only keys and values see all tokens. Heads that read one token
   * by themselves, and classifiers of decoders, need no rows to be named.
   */
  @ParameterizedTest
  @CsvSource({
    "albert-mlm, 1",
    "bert-mlm, 1",
    "bert-qa, 1",
    "bert-tokcls, 1",
    "distilbert-mlm, 1",
    "electra-tokcls, 1",
    "gemma2-clm, 1",
    "gemma3-clm, 1",
    "gpt2-clm, 1",
    "llama-clm, 1",
    "llama31-clm, 1",
    "mistral-clm, 1",
    "modernbert-mlm, 1",
    "mpnet-mlm, 1",
    "phi3-clm, 1",
    "qwen2-clm, 1",
    "qwen3-clm, 1",
    "roberta-tokcls, 1",
    "t5-tokcls, 1",
    "xlmr-tokcls, 1",
    "bert-seqcls, 0",
    "modernbert-seqcls, 0",
    "mpnet-seqcls, 0",
    "gpt2-seqcls, 0",
    "qwen2-seqcls, 0",
    "vit-imgcls, 0",
    "deit-imgcls, 0"
  })
  void lastLayerIsComputedForTheSelectedRowsAlone(String fixture, int rows) throws IOException {
    SyntheticCheckpoint checkpoint = SyntheticCheckpoint.of(fixture, SEED);
    ModelGraph model = forward(checkpoint);
    Graph graph = pruned(rows == 0 ? model : OutputRows.select(model, Dim.of(rows))).graph();
    String last =
        graph.nodes().stream()
            .map(Node::scope)
            .filter(scope -> scope.startsWith("layer."))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    List<String> ofOne =
        linear(graph, last).filter(p -> p.shape().dim(1).isOne()).map(Value::name).toList();
    List<String> ofAll =
        linear(graph, last).filter(p -> !p.shape().dim(1).isOne()).map(Value::name).toList();
    assertThat(ofAll)
        .as(checkpoint.toString())
        .hasSize(2)
        .allMatch(name -> name.matches(".*(key|value|k_proj|v_proj|k_lin|v_lin|\\.k|\\.v)\\..*"));
    assertThat(ofOne).as("query, output, two or three of the rest").hasSizeBetween(4, 5);
  }

  private static Stream<Value> linear(Graph graph, String scope) {
    return graph.nodes().stream()
        .filter(node -> node.scope().equals(scope) && node.op().endsWith("MatMul"))
        .filter(node -> graph.constant(node.input(1)).isPresent())
        .map(node -> graph.value(node.output()));
  }

  /** The first layer still needs every token: its keys and values are what the last one sees. */
  @Test
  void earlierLayersStayWhole() throws IOException {
    SyntheticCheckpoint checkpoint =
        SyntheticCheckpoint.of("llama-clm", SEED).set("num_hidden_layers", "2");
    Graph graph = pruned(OutputRows.select(forward(checkpoint), Dim.of(1))).graph();
    assertThat(linear(graph, "layer.0")).noneMatch(product -> product.shape().dim(1).isOne());
    assertThat(graph.value("model.layers.1.mlp.down_proj.product").shape().dim(1))
        .isEqualTo(Dim.of(1));
  }

  private Value input(String name, DataType type, Dim... dims) {
    return builder.input(name, type, new Shape(List.of(dims)));
  }

  private void assertSelected(Value output, String cut, Map<String, DoubleTensor> inputs) {
    ModelGraph model = new ModelGraph(builder.build(List.of(output)), "x", output.name());
    ModelGraph selected = OutputRows.select(model, Dim.of(2));
    Map<String, DoubleTensor> fed = new HashMap<>(inputs);
    fed.put(OutputRows.POSITIONS, POSITIONS);
    DoubleTensor whole = Interpreter.run(selected.graph(), fed).get(selected.logits());
    Graph small = SlicePushdown.apply(selected.graph());
    assertThat(small.value(output.name()).shape().dim(1)).isEqualTo(Dim.of(2));
    assertThat(small.value(cut).shape().dims()).contains(Dim.of(2));
    assertThat(Interpreter.run(small, fed).get(selected.logits()).data())
        .containsExactly(whole.data());
  }

  /** A table of positions has no batch: its rows differ from record to record all the same. */
  @Test
  void whatAllRecordsShareIsSelectedForEach() {
    Value x = input("x", DataType.FLOAT32, batch, sequence, Dim.of(3));
    Value shared = input("shared", DataType.FLOAT32, sequence, Dim.of(3));
    Value sum = ops.add("sum", x, ops.unary("tanh", "Tanh", shared));
    assertSelected(
        ops.unary("relu", "Relu", sum),
        "t.sum",
        Map.of("x", RandomTensor.of(1, 2, 4, 3), "shared", RandomTensor.of(2, 4, 3)));
  }

  /** Positions are whole numbers, conditions are truth values: both have rows as well. */
  @Test
  void otherTypesAreSelectedToo() {
    Value x = input("x", DataType.FLOAT32, batch, sequence, Dim.of(3));
    Value places = input("places", DataType.INT64, batch, sequence, Dim.of(3));
    Value isFar = ops.binary("is_far", "Greater", places, ops.integer(16_000_000));
    Value chosen = ops.where("chosen", isFar, x, ops.scalar(-7f));
    DoubleTensor numbers = DoubleTensor.zeros(2, 4, 3);
    for (int i = 0; i < numbers.data().length; i++) {
      numbers.data()[i] = 15_999_995 + i % 11;
    }
    assertSelected(chosen, "t.is_far", Map.of("x", RandomTensor.of(1, 2, 4, 3), "places", numbers));
  }

  @Test
  void outputsWithoutARowForEachTokenAreRefused() {
    Value x = input("x", DataType.FLOAT32, batch, Dim.of(3));
    ModelGraph model = new ModelGraph(builder.build(List.of(x)), "x", "x");
    assertThatThrownBy(() -> OutputRows.select(model, Dim.of(1)))
        .hasMessageContaining("has no row for each token");
  }
}
