package io.sparklrp.forward;

import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.error.UserException;
import io.sparklrp.forward.block.Parameters;
import io.sparklrp.model.Task;
import java.util.List;

/** The architectures that are supported, in alphabetical order. */
public final class Architectures {
  private static final List<Architecture> ALL =
      List.of(
          new Albert(),
          new Bert(),
          new DebertaV2(),
          new DistilBert(),
          new Electra(),
          new Gemma2(),
          new Gemma3(),
          new Gpt2(),
          new Llama(),
          new Mistral(),
          new ModernBert(),
          new MpNet(),
          new Phi3(),
          new Qwen2(),
          new Qwen3(),
          new Roberta(),
          new T5(),
          new VisionTransformer());

  private Architectures() {}

  /** The values of {@code model_type} that are supported. */
  public static List<String> modelTypes() {
    return ALL.stream().flatMap(known -> known.modelTypes().stream()).sorted().toList();
  }

  /**
   * The forward pass of a checkpoint.
   *
   * @throws UserException if its architecture is not supported, or tensors are missing or misshapen
   *     (all are named)
   */
  public static ForwardPass build(Checkpoint checkpoint) {
    String modelType = checkpoint.config().modelType();
    Architecture architecture =
        ALL.stream()
            .filter(known -> known.modelTypes().contains(modelType))
            .findFirst()
            .orElseThrow(() -> unsupported(checkpoint, modelType));
    Parameters parameters = new Parameters(checkpoint.weights());
    Task task = checkpoint.hasPooling() ? Task.EMBEDDING : task(checkpoint);
    Draft draft = new Draft(checkpoint.config(), parameters, task);
    ForwardPass pass = architecture.build(draft);
    parameters.check(String.valueOf(checkpoint.directory().getFileName()));
    return pass;
  }

  /** As the class in its configuration says, or its tensors where it names none. */
  private static Task task(Checkpoint checkpoint) {
    return checkpoint.config().architectures().isEmpty()
        ? StoredHead.of(checkpoint).task()
        : Task.named(checkpoint.config().architectures().get(0));
  }

  private static UserException unsupported(Checkpoint checkpoint, String modelType) {
    return new UserException(
        String.format(
            "Cannot build model %s: model_type '%s' is not supported. Use a checkpoint of one of: %s;"
                + " or export the model to ONNX and give --model model.onnx.",
            checkpoint.directory().getFileName(), modelType, String.join(", ", modelTypes())));
  }
}
