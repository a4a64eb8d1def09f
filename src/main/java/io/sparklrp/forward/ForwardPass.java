package io.sparklrp.forward;

import io.sparklrp.graph.ModelGraph;
import io.sparklrp.model.Task;

/**
 * A checkpoint's forward pass.
 *
 * @param model the graph, from the word embeddings to all outputs of the head
 * @param task what the outputs are
 * @param longest most tokens that the model takes; 0 where its input is no text
 */
public record ForwardPass(ModelGraph model, Task task, int longest) {}
