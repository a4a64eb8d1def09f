package io.sparklrp.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** A model of a lookup, a mean and a linear layer, as an ONNX message to be changed by tests. */
final class TinyModel {
  static final int WORDS = 5;
  static final int WIDTH = 3;
  static final int CLASSES = 2;

  private TinyModel() {}

  static OnnxMl.ModelProto.Builder model() {
    return model(13);
  }

  static OnnxMl.ModelProto.Builder model(long opset) {
    OnnxMl.GraphProto.Builder graph =
        OnnxMl.GraphProto.newBuilder()
            .setName("tiny")
            .addInput(ids("input_ids"))
            .addInitializer(floats("table", new Random(1), WORDS, WIDTH))
            .addInitializer(floats("weight", new Random(2), WIDTH, CLASSES))
            .addInitializer(floats("bias", new Random(3), CLASSES))
            .addNode(node("Gather", "words", "table", "input_ids"))
            .addNode(
                node("ReduceMean", "mean", "words")
                    .addAttribute(longs("axes", 1))
                    .addAttribute(number("keepdims", 0)))
            .addNode(node("MatMul", "product", "mean", "weight"))
            .addNode(node("Add", "logits", "product", "bias"))
            .addOutput(OnnxMl.ValueInfoProto.newBuilder().setName("logits"));
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph);
  }

  static OnnxMl.ValueInfoProto.Builder ids(String name) {
    OnnxMl.TensorShapeProto.Builder shape =
        OnnxMl.TensorShapeProto.newBuilder()
            .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam("b"))
            .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam("b"));
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            OnnxMl.TypeProto.newBuilder()
                .setTensorType(
                    OnnxMl.TypeProto.Tensor.newBuilder().setElemType(7).setShape(shape)));
  }

  /** A node without a name. */
  static OnnxMl.NodeProto.Builder node(String op, String output, String... inputs) {
    return OnnxMl.NodeProto.newBuilder()
        .setOpType(op)
        .addOutput(output)
        .addAllInput(java.util.List.of(inputs));
  }

  static OnnxMl.AttributeProto.Builder longs(String name, long... values) {
    OnnxMl.AttributeProto.Builder attribute =
        OnnxMl.AttributeProto.newBuilder()
            .setName(name)
            .setType(OnnxMl.AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute;
  }

  static OnnxMl.AttributeProto.Builder number(String name, long value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.INT)
        .setI(value);
  }

  static OnnxMl.TensorProto.Builder floats(String name, Random random, int... shape) {
    OnnxMl.TensorProto.Builder tensor =
        OnnxMl.TensorProto.newBuilder().setName(name).setDataType(1);
    int size = 1;
    for (int dim : shape) {
      tensor.addDims(dim);
      size *= dim;
    }
    ByteBuffer data = ByteBuffer.allocate(size * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      data.putFloat((float) random.nextGaussian());
    }
    return tensor.setRawData(ByteString.copyFrom(data.flip()));
  }

  /** The table's data in a file beside the model. */
  static OnnxMl.TensorProto.Builder external(String location, long offset, long length) {
    return OnnxMl.TensorProto.newBuilder()
        .setName("table")
        .setDataType(1)
        .addDims(WORDS)
        .addDims(WIDTH)
        .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", location))
        .addExternalData(entry("offset", Long.toString(offset)))
        .addExternalData(entry("length", Long.toString(length)));
  }

  private static OnnxMl.StringStringEntryProto entry(String key, String value) {
    return OnnxMl.StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
