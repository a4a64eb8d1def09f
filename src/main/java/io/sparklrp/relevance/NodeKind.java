package io.sparklrp.relevance;

import java.util.Locale;

/** What a node is to the methods: the rows of their table of rules. */
public enum NodeKind {
  /** Softmax whose result weighs values: P. */
  ATTENTION_WEIGHTS,
  /** The product of two activations that P is made of: QK'. */
  ATTENTION_SCORES,
  /** The product of P with an activation: PV. */
  ATTENTION_VALUES,
  /** The same with its factors, and all their axes, turned round: V'P'. */
  ATTENTION_VALUES_FIRST,
  /** Any other matrix product of two activations. */
  MATRIX_PRODUCT,
  /** act(gate) * up of a gated MLP, the gate first. */
  GATE_FIRST,
  /** up * act(gate). */
  GATE_SECOND,
  /** Any other elementwise product of two activations. */
  PRODUCT,
  /** LayerNorm. */
  NORMALISATION,
  /** RMSNorm. */
  RMS_NORMALISATION,
  /** 1 over a norm, a sum or a deviation, written out. */
  NORMALISING_FACTOR,
  /** The product of an activation with such a factor. */
  NORMALISED_PRODUCT,
  /** An activation function. */
  ACTIVATION,
  /** Softmax anywhere else. */
  SOFTMAX,
  /** Linear in what is active: every method follows the gradient. */
  LINEAR,
  /** Depends on the embeddings, and nothing is known of it. */
  UNKNOWN;

  /** The kind in words. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
