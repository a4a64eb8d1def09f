package io.sparklrp.relevance.readout;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import io.sparklrp.oracle.RandomTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A walk back whose finds are random numbers: one record of two heads, the last row padding. */
final class FoundByHand implements Gradients, Attention {
  static final int HEADS = 2;
  static final int ROWS = 4;
  static final int REAL = 3;
  static final int HIDDEN = 5;

  private final GraphBuilder builder = new GraphBuilder("found");
  private final Ops ops = new Ops(builder, "relevance", "relevance");
  private final Map<String, DoubleTensor> inputs = new HashMap<>();
  private final List<Value> stayed = new ArrayList<>();
  private final int layers;

  FoundByHand(long seed, int layers) {
    this.layers = layers;
    put("x", RandomTensor.of(seed, 1, ROWS, HIDDEN));
    put("g", RandomTensor.of(seed + 1, 1, ROWS, HIDDEN));
    put("real", DoubleTensor.of(new int[] {1, 1, ROWS}, 1, 1, 1, 0));
    for (int layer = 0; layer < layers; layer++) {
      put("p" + layer, weights(RandomTensor.of(seed + 2 + layer, 1, HEADS, ROWS, ROWS)));
      put("dp" + layer, RandomTensor.of(seed + 20 + layer, 1, HEADS, ROWS, ROWS));
    }
  }

  /** Rows that add up to 1, and leave padding out. */
  private static DoubleTensor weights(DoubleTensor random) {
    double[] data = random.data();
    for (int row = 0; row < HEADS * ROWS; row++) {
      double sum = 0;
      for (int key = 0; key < ROWS; key++) {
        data[row * ROWS + key] = key < REAL ? Math.abs(data[row * ROWS + key]) + 0.01 : 0;
        sum += data[row * ROWS + key];
      }
      for (int key = 0; key < ROWS; key++) {
        data[row * ROWS + key] /= sum;
      }
    }
    return random;
  }

  private void put(String name, DoubleTensor value) {
    inputs.put(name, value);
    builder.input(
        name, DataType.FLOAT32, new Shape(Arrays.stream(value.shape()).mapToObj(Dim::of).toList()));
  }

  /** Something stays with the tokens too. */
  double[] stay(long seed) {
    DoubleTensor value = RandomTensor.of(seed, 1, ROWS);
    put("stayed", value);
    stayed.add(builder.value("stayed"));
    return value.data();
  }

  /** Only one query of the last layer is read. */
  void readOnly(int query) {
    double[] data = inputs.get("dp" + (layers - 1)).data();
    for (int i = 0; i < data.length; i++) {
      data[i] = i / ROWS % ROWS == query ? data[i] : 0;
    }
  }

  /** Numbers of an input. */
  double[] numbers(String name) {
    return inputs.get(name).data();
  }

  /** Element of a layer's mean over heads of what is made of weights and their gradients. */
  double mean(int layer, int query, int key, boolean isWeighed) {
    double sum = 0;
    for (int head = 0; head < HEADS; head++) {
      int at = (head * ROWS + query) * ROWS + key;
      double weight = numbers("p" + layer)[at];
      sum += isWeighed ? Math.max(0, weight * numbers("dp" + layer)[at]) : weight;
    }
    return sum / HEADS;
  }

  /** What a read-out makes of it. */
  double[] computed(Value result) {
    Graph graph = builder.build(List.of(result));
    return Interpreter.run(graph, inputs).get(result.name()).data();
  }

  @Override
  public Ops ops() {
    return ops;
  }

  @Override
  public Value embeddings() {
    return builder.value("x");
  }

  @Override
  public Value ofEmbeddings() {
    return builder.value("g");
  }

  @Override
  public List<Value> stayed() {
    return stayed;
  }

  @Override
  public Attention attention() {
    return this;
  }

  @Override
  public Optional<Value> ofWeights(int layer) {
    return Optional.of(builder.value("dp" + layer));
  }

  @Override
  public int layers() {
    return layers;
  }

  @Override
  public Value weights(int layer) {
    return builder.value("p" + layer);
  }

  @Override
  public Value realQueries() {
    return builder.value("real");
  }

  @Override
  public Value tokensFirst(Value weights) {
    return weights;
  }

  @Override
  public Value ofTokens(Value byKey) {
    return byKey;
  }
}
