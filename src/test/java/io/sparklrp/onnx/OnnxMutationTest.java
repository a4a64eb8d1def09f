package io.sparklrp.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import com.sun.management.ThreadMXBean;
import io.sparklrp.error.UserException;
import io.sparklrp.graph.Node;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files that are well formed and make no sense: sizes, names, attributes, operators and edges are
 * exchanged. Each is read or refused in words, within bounded time and memory.
 */
class OnnxMutationTest {
  private static final long MOST_ALLOCATED = 1L << 30;
  private static final long MOST_NANOS = 60_000_000_000L;
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    7,
    63,
    64,
    65,
    1 << 16,
    1 << 20,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    1L << 40,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final String[] OPERATORS = {
    "Tile",
    "Expand",
    "ConstantOfShape",
    "Range",
    "Pad",
    "OneHot",
    "Reshape",
    "Concat",
    "Gather",
    "Slice",
    "Split",
    "Where",
    "Cast",
    "Shape",
    "Mul",
    "Div",
    "Add",
    "MatMul",
    "Gemm",
    "Squeeze",
    "Unsqueeze",
    "Transpose",
    "ReduceSum",
    "TopK",
    "Softmax",
    "Constant",
    "Identity",
    "GatherND",
    "ScatterND",
    "LayerNormalization",
    "DequantizeLinear",
    "Flatten",
    "CumSum",
    "Trilu",
    "ArgMax"
  };

  private static final OnnxMl.AttributeProto.AttributeType[] TYPES =
      OnnxMl.AttributeProto.AttributeType.values();

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "tiny, 600",
    "bert-seqcls-torchscript-14, 60",
    "roberta-seqcls-dynamo-18, 60",
    "distilbert-seqcls-torchscript-11, 60",
    "llama-clm-dynamo-18, 40"
  })
  void mutantsAreReadOrRefused(String name, int rounds) throws IOException {
    OnnxMl.ModelProto whole =
        name.equals("tiny")
            ? TinyModel.model().build()
            : OnnxMl.ModelProto.parseFrom(
                Files.readAllBytes(Path.of("src/test/resources/onnx", name + ".onnx")));
    for (int seed = 0; seed < rounds; seed++) {
      Random random = new Random(seed);
      OnnxMl.ModelProto.Builder mutant = whole.toBuilder();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        change(mutant.getGraphBuilder(), random);
      }
      check(name + ", seed " + seed, mutant.build().toByteArray());
    }
  }

  private void check(String description, byte[] bytes) throws IOException {
    Path file = Files.write(directory.resolve("model.onnx"), bytes);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long started = System.nanoTime();
    try {
      OnnxModelFile.read(file, Optional.empty(), Optional.empty())
          .graph()
          .graph()
          .nodes()
          .forEach(Node::qualifiedOp);
    } catch (UserException e) {
      UserMessage.of(
          description,
          () -> {
            throw e;
          });
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(description, e);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - allocated)
        .as(description)
        .isLessThan(MOST_ALLOCATED);
    assertThat(System.nanoTime() - started).as(description).isLessThan(MOST_NANOS);
  }

  private static void change(OnnxMl.GraphProto.Builder graph, Random random) {
    switch (random.nextInt(9)) {
      case 0 -> sizes(graph, random);
      case 1 -> numbers(graph, random);
      case 2 -> attribute(graph, random);
      case 3 -> node(graph, random).setOpType(OPERATORS[random.nextInt(OPERATORS.length)]);
      case 4 -> edge(graph, random);
      case 5 -> insert(graph, random);
      case 6 -> input(graph, random);
      case 7 -> type(graph, random);
      default -> output(graph, random);
    }
  }

  private static long number(Random random) {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private static OnnxMl.NodeProto.Builder node(OnnxMl.GraphProto.Builder graph, Random random) {
    return graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
  }

  private static OnnxMl.TensorProto.Builder tensor(OnnxMl.GraphProto.Builder graph, Random random) {
    return graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
  }

  private static void sizes(OnnxMl.GraphProto.Builder graph, Random random) {
    OnnxMl.TensorProto.Builder tensor = tensor(graph, random);
    if (tensor.getDimsCount() == 0 || random.nextInt(4) == 0) {
      tensor.addDims(number(random));
    } else {
      tensor.setDims(random.nextInt(tensor.getDimsCount()), number(random));
    }
  }

  /** Whole numbers of a constant: targets of reshapes, axes, repeats. */
  private static void numbers(OnnxMl.GraphProto.Builder graph, Random random) {
    List<OnnxMl.TensorProto.Builder> whole = new ArrayList<>();
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      if (graph.getInitializer(i).getDataType() == 7) {
        whole.add(graph.getInitializerBuilder(i));
      }
    }
    for (OnnxMl.NodeProto.Builder node : graph.getNodeBuilderList()) {
      if (node.getOpType().equals("Constant")
          && node.getAttributeCount() == 1
          && node.getAttribute(0).getT().getDataType() == 7) {
        whole.add(node.getAttributeBuilder(0).getTBuilder());
      }
    }
    if (!whole.isEmpty()) {
      OnnxMl.TensorProto.Builder tensor = whole.get(random.nextInt(whole.size()));
      byte[] data = tensor.getRawData().toByteArray();
      if (data.length >= Long.BYTES) {
        ByteBuffer.wrap(data)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(random.nextInt(data.length / Long.BYTES) * Long.BYTES, number(random));
        tensor.setRawData(ByteString.copyFrom(data));
      }
    }
  }

  private static void attribute(OnnxMl.GraphProto.Builder graph, Random random) {
    OnnxMl.NodeProto.Builder node = node(graph, random);
    if (node.getAttributeCount() == 0) {
      node.addAttribute(TinyModel.number("axis", number(random)));
      return;
    }
    OnnxMl.AttributeProto.Builder attribute =
        node.getAttributeBuilder(random.nextInt(node.getAttributeCount()));
    switch (random.nextInt(4)) {
      case 0 -> attribute.setI(number(random));
      case 1 -> {
        if (attribute.getIntsCount() > 0) {
          attribute.setInts(random.nextInt(attribute.getIntsCount()), number(random));
        } else {
          attribute.addInts(number(random));
        }
      }
      case 2 -> attribute.setType(TYPES[random.nextInt(TYPES.length)]);
      default -> attribute.setF(Float.intBitsToFloat(random.nextInt()));
    }
  }

  private static String value(OnnxMl.GraphProto.Builder graph, Random random) {
    if (random.nextInt(3) == 0 && graph.getInitializerCount() > 0) {
      return tensor(graph, random).getName();
    }
    return random.nextInt(20) == 0 ? "" : node(graph, random).getOutput(0);
  }

  private static void edge(OnnxMl.GraphProto.Builder graph, Random random) {
    OnnxMl.NodeProto.Builder node = node(graph, random);
    if (node.getInputCount() > 0 && random.nextInt(4) > 0) {
      node.setInput(random.nextInt(node.getInputCount()), value(graph, random));
    } else {
      node.addInput(value(graph, random));
    }
  }

  /** A node between a value and one of its readers, sized by a constant of its own. */
  private static void insert(OnnxMl.GraphProto.Builder graph, Random random) {
    OnnxMl.NodeProto.Builder reader = node(graph, random);
    if (reader.getInputCount() == 0) {
      return;
    }
    String name = "mutant" + random.nextInt();
    int input = random.nextInt(reader.getInputCount());
    int length = random.nextInt(4);
    ByteBuffer data = ByteBuffer.allocate(length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < length; i++) {
      data.putLong(number(random));
    }
    graph.addInitializer(
        OnnxMl.TensorProto.newBuilder()
            .setName(name + "_size")
            .setDataType(7)
            .addDims(length)
            .setRawData(ByteString.copyFrom(data.flip())));
    String op = OPERATORS[random.nextInt(OPERATORS.length)];
    graph.addNode(TinyModel.node(op, name, reader.getInput(input), name + "_size"));
    reader.setInput(input, name);
  }

  private static void input(OnnxMl.GraphProto.Builder graph, Random random) {
    OnnxMl.TypeProto.Tensor.Builder type =
        graph
            .getInputBuilder(random.nextInt(graph.getInputCount()))
            .getTypeBuilder()
            .getTensorTypeBuilder();
    OnnxMl.TensorShapeProto.Builder shape = type.getShapeBuilder();
    if (shape.getDimCount() == 0 || random.nextInt(4) == 0) {
      shape.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(number(random)));
    } else {
      shape.getDimBuilder(random.nextInt(shape.getDimCount())).setDimValue(number(random));
    }
  }

  private static void type(OnnxMl.GraphProto.Builder graph, Random random) {
    if (random.nextBoolean()) {
      tensor(graph, random).setDataType(random.nextInt(24));
    } else {
      graph
          .getInputBuilder(random.nextInt(graph.getInputCount()))
          .getTypeBuilder()
          .getTensorTypeBuilder()
          .setElemType(random.nextInt(24));
    }
  }

  private static void output(OnnxMl.GraphProto.Builder graph, Random random) {
    graph.getOutputBuilder(0).setName(value(graph, random));
  }
}
