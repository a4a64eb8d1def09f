package io.sparklrp.forward;

import java.util.List;

/** Builds the forward passes of one family of models. */
interface Architecture {
  /** The configuration's {@code model_type}s that this class builds. */
  List<String> modelTypes();

  /**
   * Writes the forward pass with its inputs: {@code input_ids}, {@code attention_mask} and, where
   * the model has them, {@code token_type_ids}, all int64 [batch, sequence]; or {@code
   * pixel_values}.
   *
   * @param draft configuration, tensors and head; the caller checks the tensors for complaints
   *     afterwards
   */
  ForwardPass build(Draft draft);
}
