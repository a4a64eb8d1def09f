/**
 * Hugging Face checkpoints: a directory of {@code config.json}, {@code model.safetensors} (or its
 * shards) and {@code tokenizer.json}.
 *
 * <p>All of these are untrusted: they are size-checked, confined to their directory and never
 * executed. What the tensors mean is the business of {@code forward}.
 */
package io.sparklrp.checkpoint;
