package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.forward.block.Parameters;
import io.sparklrp.graph.ModelGraph;

/** Builds the forward pass of one family of models. */
public interface Architecture {
  /** The configuration's {@code model_type} that this class builds. */
  String modelType();

  /**
   * The forward pass with its inputs {@code input_ids}, {@code attention_mask} and, where the model
   * has them, {@code token_type_ids}, all int64 [batch, sequence].
   *
   * @param config the checkpoint's configuration
   * @param parameters the checkpoint's tensors; the caller checks them for complaints afterwards
   */
  ModelGraph build(ModelConfig config, Parameters parameters);
}
