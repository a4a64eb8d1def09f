package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.error.UserException;
import io.sparklrp.forward.block.Block;
import io.sparklrp.forward.block.Parameters;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.model.Task;
import java.util.List;

/** A forward pass while it is written: what it is made of, and where its parts go. */
final class Draft {
  private static final Dim BATCH = Dim.symbol("batch");
  private static final Dim SEQUENCE = Dim.symbol("sequence");

  private final ModelConfig config;
  private final Parameters parameters;
  private final Task task;
  private final GraphBuilder builder;

  Draft(ModelConfig config, Parameters parameters, Task task) {
    this.config = config;
    this.parameters = parameters;
    this.task = task;
    this.builder = new GraphBuilder(config.modelType());
  }

  ModelConfig config() {
    return config;
  }

  Parameters parameters() {
    return parameters;
  }

  Task task() {
    return task;
  }

  /** Token ids, int64 [batch, sequence]. */
  Value ids() {
    return tokens("input_ids");
  }

  /** 1 for real tokens, 0 for padding behind them, int64 [batch, sequence]. */
  Value mask() {
    return tokens("attention_mask");
  }

  /** 0 for the first text, 1 for the second, int64 [batch, sequence]. */
  Value types() {
    return tokens("token_type_ids");
  }

  private Value tokens(String name) {
    return input(name, DataType.INT64, Shape.of(BATCH, SEQUENCE));
  }

  /** Pixels, float [batch, channels, size, size]. */
  Value pixels(long channels, long size) {
    return input(
        "pixel_values",
        DataType.FLOAT32,
        Shape.of(BATCH, Dim.of(channels), Dim.of(size), Dim.of(size)));
  }

  private Value input(String name, DataType type, Shape shape) {
    return builder.hasValue(name) ? builder.value(name) : builder.input(name, type, shape);
  }

  /** A module of the checkpoint, to be written into a part of the model. */
  Block block(String module, String scope) {
    return new Block(ops(module, scope), parameters, module);
  }

  Ops ops(String name, String scope) {
    return new Ops(builder, name, scope);
  }

  /**
   * The prefix of a base model's tensors: with a head they begin with the base's name and a dot,
   * without one they may not.
   */
  String base(String name) {
    return parameters.hasBelow(name + ".") ? name + "." : "";
  }

  /** The constant of a tensor of the checkpoint. */
  Value parameter(String name, long... shape) {
    return builder.shared(name, parameters.get(name, shape));
  }

  /** Logits [batch, classes] of rows [batch, 1, classes]. */
  Value single(Ops ops, Value rows) {
    return ops.reshape("logits", rows, 0, rows.shape().dim(-1).size());
  }

  ForwardPass finish(Value embeddings, Value outputs, int longest) {
    ModelGraph model =
        new ModelGraph(builder.build(List.of(outputs)), embeddings.name(), outputs.name());
    return new ForwardPass(model, task, longest);
  }

  /** Says that an architecture has no such head. */
  UserException noHead() {
    return new UserException(
        String.format(
            "Cannot build the model: %s of model_type '%s' is not supported."
                + " Export the model to ONNX and give --model model.onnx.",
            config.architectures(), config.modelType()));
  }
}
