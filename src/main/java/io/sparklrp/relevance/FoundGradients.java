package io.sparklrp.relevance;

import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import io.sparklrp.relevance.readout.Attention;
import io.sparklrp.relevance.readout.Gradients;
import java.util.List;
import java.util.Optional;

/** What a walk back found, when it is over. */
final class FoundGradients implements Gradients {
  private final ModelGraph model;
  private final BackwardPass pass;
  private final Value ofEmbeddings;
  private final Ops ops;
  private AttentionLayers layers;

  FoundGradients(ModelGraph model, BackwardPass pass, Value ofEmbeddings, Ops ops) {
    this.model = model;
    this.pass = pass;
    this.ofEmbeddings = ofEmbeddings;
    this.ops = ops;
  }

  @Override
  public Ops ops() {
    return ops;
  }

  @Override
  public Value embeddings() {
    return ops.builder().value(model.embeddings());
  }

  @Override
  public Value ofEmbeddings() {
    return ofEmbeddings;
  }

  @Override
  public List<Value> stayed() {
    return pass.stayed();
  }

  @Override
  public Attention attention() {
    return layers();
  }

  private AttentionLayers layers() {
    if (layers == null) {
      layers = AttentionLayers.of(model, ops);
    }
    return layers;
  }

  @Override
  public Optional<Value> ofWeights(int layer) {
    return pass.arrivedAt(layers().name(layer))
        .map(gradient -> layers().byRecord("gradient_" + layer, gradient));
  }
}
