package io.sparklrp.onnx;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.OnnxTypes;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes graphs as ONNX models of opset 18, 20 or 21 (and {@code com.microsoft} 1). The bytes
 * depend on the graph alone.
 *
 * <p>Protobuf ends at 2 GiB: larger models are written as a file with their weights in a second
 * file beside it.
 */
public final class OnnxWriter {
  /** Weights up to this many bytes fit into one protobuf message, with room for the rest. */
  public static final long INLINE_LIMIT = 1_800_000_000L;

  /** Smaller constants, such as axes and shapes, must be in the model itself to be understood. */
  private static final long EXTERNAL_FROM = 1024;

  private static final int IR_VERSION = 9;
  private static final int BLOCKS_IR_VERSION = 10;
  private static final int OPSET = 18;
  private static final int GELU_OPSET = 20;
  private static final int BLOCKS_OPSET = 21;

  private final Graph graph;
  private long offset;

  private OnnxWriter(Graph graph) {
    this.graph = graph;
  }

  /** Bytes that the graph's constants take. */
  public static long weightBytes(Graph graph) {
    return graph.initializers().values().stream().mapToLong(OnnxWriter::bytes).sum();
  }

  /**
   * A whole model in memory.
   *
   * @throws IllegalArgumentException if its weights exceed {@link #INLINE_LIMIT}
   */
  public static byte[] toBytes(Graph graph) {
    if (weightBytes(graph) > INLINE_LIMIT) {
      throw new IllegalArgumentException(
          "Cannot write graph "
              + graph.name()
              + " as one message: its weights exceed "
              + INLINE_LIMIT
              + " bytes.");
    }
    return new OnnxWriter(graph).model(OnnxWriter::inline).toByteArray();
  }

  /**
   * Writes a model and, into a file beside it, its weights; one tensor at a time is in memory.
   *
   * @return the weights' file, which has to stay beside the model
   */
  public static Path write(Graph graph, Path file) throws IOException {
    Path weights = file.resolveSibling(file.getFileName() + ".data");
    String location = weights.getFileName().toString();
    try (FileChannel channel = FileChannel.open(weights, WRITE, CREATE, TRUNCATE_EXISTING);
        OutputStream out = Files.newOutputStream(file)) {
      OnnxWriter writer = new OnnxWriter(graph);
      OnnxMl.ModelProto model =
          writer.model((name, tensor) -> writer.external(name, tensor, location));
      for (Tensor tensor : graph.initializers().values()) {
        if (isExternal(tensor)) {
          writeAll(tensor.data(), channel);
        }
      }
      model.writeTo(out);
    }
    return weights;
  }

  private static void writeAll(ByteBuffer bytes, FileChannel channel) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static long bytes(Tensor tensor) {
    return tensor.size() * tensor.type().bytes();
  }

  private static boolean isExternal(Tensor tensor) {
    return bytes(tensor) >= EXTERNAL_FROM;
  }

  /** How a constant is stored. */
  private interface Storage {
    OnnxMl.TensorProto.Builder store(String name, Tensor tensor);
  }

  private OnnxMl.ModelProto model(Storage storage) {
    OnnxMl.GraphProto.Builder proto = body(graph);
    graph
        .initializers()
        .forEach((name, tensor) -> proto.addInitializer(storage.store(name, tensor)));
    int opset = opset();
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(opset < BLOCKS_OPSET ? IR_VERSION : BLOCKS_IR_VERSION)
        .setProducerName("spark-lrp")
        .addOpsetImport(opset("", opset))
        .addOpsetImport(opset(Node.MICROSOFT, 1))
        .setGraph(proto)
        .build();
  }

  /** The oldest that has the operators: what needs no newer one is written for older engines. */
  private int opset() {
    if (has("QuantizeLinear", Node.BLOCK_SIZE)) {
      return BLOCKS_OPSET;
    }
    return graph.nodes().stream().anyMatch(node -> node.qualifiedOp().equals("Gelu"))
        ? GELU_OPSET
        : OPSET;
  }

  private boolean has(String op, String attribute) {
    return graph.nodes().stream()
        .anyMatch(
            node -> node.qualifiedOp().equals(op) && node.attributes().containsKey(attribute));
  }

  /** A graph without its constants: those of a body are the outer graph's. */
  private static OnnxMl.GraphProto.Builder body(Graph graph) {
    OnnxMl.GraphProto.Builder proto = OnnxMl.GraphProto.newBuilder().setName(graph.name());
    graph.inputs().forEach(input -> proto.addInput(value(input)));
    graph.nodes().forEach(node -> proto.addNode(node(node)));
    graph.outputs().forEach(output -> proto.addOutput(value(output)));
    return proto;
  }

  private static OnnxMl.OperatorSetIdProto opset(String domain, long version) {
    return OnnxMl.OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version).build();
  }

  private static OnnxMl.TensorProto.Builder tensor(String name, Tensor tensor) {
    OnnxMl.TensorProto.Builder proto =
        OnnxMl.TensorProto.newBuilder().setName(name).setDataType(OnnxTypes.code(tensor.type()));
    for (long size : tensor.shape()) {
      proto.addDims(size);
    }
    return proto;
  }

  private static OnnxMl.TensorProto.Builder inline(String name, Tensor tensor) {
    return tensor(name, tensor).setRawData(ByteString.copyFrom(tensor.data()));
  }

  private OnnxMl.TensorProto.Builder external(String name, Tensor tensor, String location) {
    if (!isExternal(tensor)) {
      return inline(name, tensor);
    }
    long length = bytes(tensor);
    OnnxMl.TensorProto.Builder proto =
        tensor(name, tensor)
            .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", location))
            .addExternalData(entry("offset", Long.toString(offset)))
            .addExternalData(entry("length", Long.toString(length)));
    offset += length;
    return proto;
  }

  private static OnnxMl.StringStringEntryProto entry(String key, String value) {
    return OnnxMl.StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static OnnxMl.ValueInfoProto value(Value value) {
    OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
    value.shape().dims().forEach(dim -> shape.addDim(dimension(dim)));
    OnnxMl.TypeProto.Tensor.Builder tensor =
        OnnxMl.TypeProto.Tensor.newBuilder()
            .setElemType(OnnxTypes.code(value.type()))
            .setShape(shape);
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(value.name())
        .setType(OnnxMl.TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static OnnxMl.TensorShapeProto.Dimension dimension(io.sparklrp.graph.Dim dim) {
    OnnxMl.TensorShapeProto.Dimension.Builder proto =
        OnnxMl.TensorShapeProto.Dimension.newBuilder();
    return (dim.isFixed() ? proto.setDimValue(dim.size()) : proto.setDimParam(dim.toString()))
        .build();
  }

  private static OnnxMl.NodeProto node(Node node) {
    OnnxMl.NodeProto.Builder proto =
        OnnxMl.NodeProto.newBuilder()
            .setName(node.name())
            .setOpType(node.op())
            .setDomain(node.domain())
            .addAllInput(node.inputs())
            .addAllOutput(node.outputs());
    for (Map.Entry<String, Attribute> attribute : new TreeMap<>(node.attributes()).entrySet()) {
      proto.addAttribute(attribute(attribute.getKey(), attribute.getValue()));
    }
    return proto.build();
  }

  private static OnnxMl.AttributeProto attribute(String name, Attribute attribute) {
    OnnxMl.AttributeProto.Builder proto = OnnxMl.AttributeProto.newBuilder().setName(name);
    if (attribute instanceof Attribute.LongValue value) {
      proto.setType(OnnxMl.AttributeProto.AttributeType.INT).setI(value.value());
    } else if (attribute instanceof Attribute.FloatValue value) {
      proto.setType(OnnxMl.AttributeProto.AttributeType.FLOAT).setF(value.value());
    } else if (attribute instanceof Attribute.LongsValue value) {
      proto.setType(OnnxMl.AttributeProto.AttributeType.INTS).addAllInts(value.values());
    } else if (attribute instanceof Attribute.FloatsValue value) {
      proto.setType(OnnxMl.AttributeProto.AttributeType.FLOATS).addAllFloats(value.values());
    } else if (attribute instanceof Attribute.StringValue value) {
      proto
          .setType(OnnxMl.AttributeProto.AttributeType.STRING)
          .setS(ByteString.copyFromUtf8(value.value()));
    } else if (attribute instanceof Attribute.TensorValue value) {
      proto.setType(OnnxMl.AttributeProto.AttributeType.TENSOR).setT(inline("", value.value()));
    } else if (attribute instanceof Attribute.GraphValue value) {
      proto.setType(OnnxMl.AttributeProto.AttributeType.GRAPH).setG(body(value.value()));
    }
    return proto.build();
  }
}
