package io.sparklrp.forward.block;

import io.sparklrp.error.UserException;
import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The activation functions that configurations name (Hugging Face's {@code ACT2FN}). */
public enum Activation {
  /** x Phi(x). */
  GELU(List.of("gelu", "gelu_python")) {
    @Override
    public Value apply(Ops ops, Value x) {
      return ops.op("gelu", "Gelu", Map.of("approximate", Attribute.of("none")), x);
    }
  },
  /** GELU's approximation by tanh. */
  GELU_TANH(List.of("gelu_new", "gelu_pytorch_tanh", "gelu_fast", "gelu_accurate")) {
    @Override
    public Value apply(Ops ops, Value x) {
      return ops.op("gelu", "Gelu", Map.of("approximate", Attribute.of("tanh")), x);
    }
  },
  /** max(x, 0). */
  RELU(List.of("relu")) {
    @Override
    public Value apply(Ops ops, Value x) {
      return ops.unary("relu", "Relu", x);
    }
  },
  /** x sigmoid(x). */
  SILU(List.of("silu", "swish")) {
    @Override
    public Value apply(Ops ops, Value x) {
      return ops.quickGelu("silu", x, 1f);
    }
  },
  /** x sigmoid(1.702 x). */
  QUICK_GELU(List.of("quick_gelu")) {
    @Override
    public Value apply(Ops ops, Value x) {
      return ops.quickGelu("quick_gelu", x, 1.702f);
    }
  },
  /** tanh(x). */
  TANH(List.of("tanh")) {
    @Override
    public Value apply(Ops ops, Value x) {
      return ops.unary("tanh", "Tanh", x);
    }
  },
  /** 1 / (1 + exp(-x)). */
  SIGMOID(List.of("sigmoid")) {
    @Override
    public Value apply(Ops ops, Value x) {
      return ops.unary("sigmoid", "Sigmoid", x);
    }
  };

  @SuppressWarnings("ImmutableEnumChecker") // List.of gives an unmodifiable list
  private final List<String> names;

  Activation(List<String> names) {
    this.names = names;
  }

  /** Applies the function to each element. */
  public abstract Value apply(Ops ops, Value x);

  /**
   * The function of a name.
   *
   * @throws UserException if the name is not known
   */
  public static Activation of(String name) {
    return Arrays.stream(values())
        .filter(activation -> activation.names.contains(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static UserException unknown(String name) {
    String known =
        Arrays.stream(values())
            .flatMap(a -> a.names.stream())
            .sorted()
            .collect(Collectors.joining(", "));
    return new UserException(
        String.format(
            "Cannot build the model: activation '%s' in config.json is not supported. Use a model with one of: %s.",
            name, known));
  }
}
