package io.sparklrp.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sparklrp.compile.Compilation;
import io.sparklrp.engine.SessionSettings;
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
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.DoubleExplanation;
import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.oracle.SyntheticBert;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.TargetSource;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxWriterTest {
  private static final int LENGTH = 7;

  @TempDir Path directory;

  /** DJL refuses to start where another one asked ONNX Runtime for its environment before. */
  @BeforeAll
  static void startEngine() {
    assertThat(Engine.getEngine("OnnxRuntime")).isNotNull();
  }

  private ModelGraph forward(SyntheticBert shape) throws IOException {
    Path model = directory.resolve("model-" + shape.seed());
    return Architectures.build(
            Files.exists(model)
                ? io.sparklrp.checkpoint.Checkpoint.open(model)
                : EditableCheckpoint.of(shape, model).open())
        .model();
  }

  private CompiledRelevance compiled(SyntheticBert shape) throws IOException {
    return Compilation.compile(
        forward(shape), Methods.LRP_STAY, TargetSource.PREDICTED, LedgerDetail.PARAMETER);
  }

  private static long[] ids(SyntheticBert shape) {
    return new Random(shape.seed()).longs(LENGTH, 0, shape.vocabulary()).toArray();
  }

  private static OnnxTensor tensor(long... values) throws OrtException {
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(), LongBuffer.wrap(values), new long[] {1, values.length});
  }

  /** All float outputs of one record, by name. */
  private static Map<String, List<Float>> run(OrtSession session, long... ids) throws OrtException {
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    Map<String, List<Float>> outputs = new TreeMap<>();
    try (OnnxTensor words = tensor(ids);
        OnnxTensor mask = tensor(ones);
        OnnxTensor types = tensor(new long[ids.length]);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", words, "attention_mask", mask, "token_type_ids", types))) {
      for (String name : List.of("logits", "score", "relevance", "ledger")) {
        List<Float> values = new ArrayList<>();
        java.nio.FloatBuffer buffer =
            ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
        while (buffer.hasRemaining()) {
          values.add(buffer.get());
        }
        outputs.put(name, values);
      }
    }
    return outputs;
  }

  private static Map<String, List<Float>> inMemory(Graph graph, long... ids) throws OrtException {
    try (OrtSession.SessionOptions options = SessionSettings.create();
        OrtSession session =
            OrtEnvironment.getEnvironment().createSession(OnnxWriter.toBytes(graph), options)) {
      return run(session, ids);
    }
  }

  private Map<String, List<Float>> asFiles(Graph graph, long... ids)
      throws OrtException, IOException {
    Path model = directory.resolve("model.onnx");
    Path weights = OnnxWriter.write(graph, model);
    assertThat(weights).hasParentRaw(directory).isNotEmptyFile();
    String file = model.toString();
    try (OrtSession.SessionOptions options = SessionSettings.create();
        OrtSession session = OrtEnvironment.getEnvironment().createSession(file, options)) {
      return run(session, ids);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {81, 82, 83})
  void bytesDependOnTheModelAlone(long seed) throws IOException {
    SyntheticBert shape = SyntheticBert.tiny(seed, "gelu");
    byte[] bytes = OnnxWriter.toBytes(compiled(shape).graph());
    assertThat(OnnxWriter.toBytes(compiled(shape).graph())).as("seed %d", seed).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gelu", "gelu_new", "relu", "quick_gelu"})
  void engineComputesWhatTheInterpreterDoes(String activation) throws Exception {
    SyntheticBert shape = SyntheticBert.tiny(84, activation);
    CompiledRelevance compiled = compiled(shape);
    DoubleExplanation exact = DoubleExplanation.of(compiled, null, List.of(ids(shape)));
    Map<String, List<Float>> found = inMemory(compiled.graph(), ids(shape));
    double tolerance = 1e-5 * exact.scale(0);
    compare(found.get("logits"), exact.logits(0), tolerance);
    compare(found.get("relevance"), exact.relevance(0), tolerance);
    compare(found.get("ledger"), exact.ledger(0), tolerance);
  }

  private static void compare(List<Float> found, double[] exact, double tolerance) {
    assertThat(found.stream().mapToDouble(Float::doubleValue).toArray())
        .as("seed 84")
        .containsExactly(exact, within(tolerance));
  }

  @ParameterizedTest
  @ValueSource(longs = {85, 86})
  void weightsBesideTheModelGiveTheSame(long seed) throws Exception {
    SyntheticBert shape = SyntheticBert.tiny(seed, "gelu");
    Graph graph = compiled(shape).graph();
    assertThat(asFiles(graph, ids(shape)))
        .as("seed %d", seed)
        .isEqualTo(inMemory(graph, ids(shape)));
  }

  /** Of a model so large that its weights outweigh the graph by far. */
  @Test
  void weightsAreWrittenOnceForForwardAndRelevance() throws Exception {
    SyntheticBert shape = new SyntheticBert(4000, 64, 96, 384, 2, 4, 2, "gelu", 0.05, 87);
    Graph graph = compiled(shape).graph();
    long checkpoint = Files.size(directory.resolve("model-87").resolve("model.safetensors"));
    long weights = OnnxWriter.weightBytes(graph);
    assertThat(weights).isBetween(checkpoint - 20_000, checkpoint + 20_000);
    assertThat((long) OnnxWriter.toBytes(graph).length).isBetween(weights, weights + 150_000);
    Path model = directory.resolve("model.onnx");
    long beside = Files.size(OnnxWriter.write(graph, model));
    assertThat(Files.size(model)).isLessThan(150_000);
    assertThat(Files.size(model) + beside).isBetween(weights, weights + 150_000);
  }

  @Test
  void constantsAreWrittenBitByBit() throws IOException {
    Graph graph = compiled(SyntheticBert.tiny(88, "gelu")).graph();
    OnnxMl.GraphProto proto = OnnxMl.ModelProto.parseFrom(OnnxWriter.toBytes(graph)).getGraph();
    assertThat(proto.getInitializerList())
        .extracting(OnnxMl.TensorProto::getName)
        .containsExactlyElementsOf(graph.initializers().keySet());
    for (OnnxMl.TensorProto tensor : proto.getInitializerList()) {
      io.sparklrp.graph.Tensor constant = graph.initializers().get(tensor.getName());
      assertThat(tensor.getDimsList().stream().mapToLong(Long::longValue).toArray())
          .as(tensor.getName())
          .isEqualTo(constant.shape());
      assertThat(tensor.getRawData().asReadOnlyByteBuffer())
          .as(tensor.getName())
          .isEqualTo(constant.data());
    }
  }

  @Test
  void nodesAndOpenDimensionsAreWritten() throws IOException {
    Graph graph = compiled(SyntheticBert.tiny(89, "gelu")).graph();
    OnnxMl.GraphProto proto = OnnxMl.ModelProto.parseFrom(OnnxWriter.toBytes(graph)).getGraph();
    assertThat(proto.getNodeList())
        .extracting(node -> node.getDomain() + "." + node.getOpType() + " " + node.getName())
        .containsExactlyElementsOf(
            graph.nodes().stream().map(n -> n.domain() + "." + n.op() + " " + n.name()).toList());
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      assertThat(proto.getNode(i).getInputList()).isEqualTo(node.inputs());
      assertThat(proto.getNode(i).getOutputList()).isEqualTo(node.outputs());
      assertThat(proto.getNode(i).getAttributeList())
          .as(node.name())
          .extracting(OnnxMl.AttributeProto::getName)
          .isSorted()
          .containsExactlyInAnyOrderElementsOf(node.attributes().keySet());
    }
    assertThat(proto.getInput(0).getType().getTensorType().getShape().getDimList())
        .extracting(OnnxMl.TensorShapeProto.Dimension::getDimParam)
        .containsExactly("batch", "sequence");
  }

  /**
   * GELU came with opset 20, scales of blocks with 21; what needs it not is written for older
   * engines too.
   */
  @Test
  void opsetIsTheOldestThatHasTheOperators() throws IOException {
    assertThat(opset("gelu")).isEqualTo(20);
    assertThat(opset("relu")).isEqualTo(18);
    GraphBuilder builder = new GraphBuilder("rows");
    Ops ops = new Ops(builder, "rows", "");
    Value rows = builder.input("x", DataType.FLOAT32, Shape.of(Dim.symbol("sequence"), Dim.of(4)));
    Value scales = ops.reduceMax("scales", rows, true, -1);
    Value numbers = ops.quantizeRows("numbers", rows, scales, ops.middles("all", scales), 4);
    assertThat(opset(builder.build(List.of(numbers)))).isEqualTo(21);
  }

  private long opset(String activation) throws IOException {
    SyntheticBert shape = SyntheticBert.tiny(activation.hashCode(), activation);
    return opset(forward(shape).graph());
  }

  private static long opset(Graph graph) throws IOException {
    return OnnxMl.ModelProto.parseFrom(OnnxWriter.toBytes(graph)).getOpsetImportList().stream()
        .filter(opset -> opset.getDomain().isEmpty())
        .findFirst()
        .orElseThrow()
        .getVersion();
  }
}
