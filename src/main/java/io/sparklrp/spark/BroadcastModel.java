package io.sparklrp.spark;

import io.sparklrp.assembly.ProblemType;
import io.sparklrp.assembly.Target;
import io.sparklrp.attribution.AttributionBuilder;
import io.sparklrp.attribution.Probability;
import io.sparklrp.runtime.ExplanationModel;
import java.io.Serializable;
import java.util.List;

/**
 * What is broadcast: the model that the engine runs, and what its outputs mean.
 *
 * @param engineModel graph and tokenizer
 * @param modelId content hash of the checkpoint
 * @param labels names of the outputs
 * @param problemType what the outputs are
 * @param target which output is explained
 */
record BroadcastModel(
    ExplanationModel engineModel,
    String modelId,
    List<String> labels,
    ProblemType problemType,
    Target target)
    implements Serializable {
  BroadcastModel {
    labels = List.copyOf(labels);
  }

  AttributionBuilder attributionBuilder() {
    Probability probability =
        switch (problemType) {
          case SINGLE_LABEL_CLASSIFICATION -> Probability.SOFTMAX;
          case MULTI_LABEL_CLASSIFICATION -> Probability.SIGMOID;
          case REGRESSION -> Probability.NONE;
        };
    return new AttributionBuilder(labels, probability, engineModel.ledgerEntries());
  }
}
