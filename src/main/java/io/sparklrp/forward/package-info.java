/**
 * Forward passes: one class for each architecture turns a Hugging Face checkpoint into a {@link
 * io.sparklrp.graph.ModelGraph}.
 *
 * <p>Here belong the mapping of configuration keys and tensor names to shared blocks. Nothing here
 * knows of relevance: the scopes of nodes only say which part of the model they are.
 */
package io.sparklrp.forward;
