package io.sparklrp.model;

import java.io.Serializable;
import java.util.List;

/**
 * What is known of a model beside its graph.
 *
 * @param id content hash of weights, configuration and tokenizer
 * @param task what the outputs are
 * @param labels names of the classes
 * @param problemType what the outputs of a classifier are
 * @param notes what a user should know of how the model was read, a sentence each
 */
public record ModelCard(
    String id, Task task, List<String> labels, ProblemType problemType, List<String> notes)
    implements Serializable {
  /** Copies. */
  public ModelCard {
    labels = List.copyOf(labels);
    notes = List.copyOf(notes);
  }
}
