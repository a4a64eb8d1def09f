/**
 * Building blocks that architectures share: linear layers, normalisation, attention, embeddings,
 * activations.
 */
package io.sparklrp.forward.block;
