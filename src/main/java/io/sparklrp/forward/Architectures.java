package io.sparklrp.forward;

import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.error.UserException;
import io.sparklrp.forward.block.Parameters;
import io.sparklrp.graph.ModelGraph;
import java.util.List;

/** The architectures that are supported, in alphabetical order. */
public final class Architectures {
  private static final List<Architecture> ALL = List.of(new Bert());

  private Architectures() {}

  /** The values of {@code model_type} that are supported. */
  public static List<String> modelTypes() {
    return ALL.stream().map(Architecture::modelType).toList();
  }

  /**
   * The forward pass of a checkpoint.
   *
   * @throws UserException if its architecture is not supported, or tensors are missing or misshapen
   *     (all are named)
   */
  public static ModelGraph build(Checkpoint checkpoint) {
    String modelType = checkpoint.config().modelType();
    Architecture architecture =
        ALL.stream()
            .filter(known -> known.modelType().equals(modelType))
            .findFirst()
            .orElseThrow(() -> unsupported(checkpoint, modelType));
    Parameters parameters = new Parameters(checkpoint.weights());
    ModelGraph model = architecture.build(checkpoint.config(), parameters);
    parameters.check(checkpoint.directory().getFileName().toString());
    return model;
  }

  private static UserException unsupported(Checkpoint checkpoint, String modelType) {
    return new UserException(
        String.format(
            "Cannot build model %s: model_type '%s' is not supported. Use a checkpoint of one of: %s.",
            checkpoint.directory().getFileName(), modelType, String.join(", ", modelTypes())));
  }
}
