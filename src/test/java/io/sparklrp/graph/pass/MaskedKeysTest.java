package io.sparklrp.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import io.sparklrp.oracle.SameOutputs;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attention weights of four heads of five elements, with a mask of keys. */
class MaskedKeysTest {
  private static final long SEED = 20_261_129;
  private static final List<Long> BY_HEAD = List.of(0L, 2L, 1L, 3L);
  private static final int IN = 6;
  private static final int ALL = 20;

  private final GraphBuilder builder = new GraphBuilder("test");
  private final Map<String, DoubleTensor> inputs = new HashMap<>();
  private final Value rows = input("rows", "batch", "sequence", IN);
  private Value mask = input("mask", "batch", 1, 1, "sequence");

  private Value input(String name, Object... sizes) {
    Dim[] dims = new Dim[sizes.length];
    int[] numbers = new int[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      dims[i] = sizes[i] instanceof Integer size ? Dim.of(size) : Dim.symbol((String) sizes[i]);
      numbers[i] =
          sizes[i] instanceof Integer size ? size : Map.of("batch", 2, "sequence", 3).get(sizes[i]);
    }
    inputs.put(name, RandomTensor.of(SEED + inputs.size(), numbers));
    return builder.input(name, DataType.FLOAT32, Shape.of(dims));
  }

  private Value constant(String name, long... shape) {
    Random random = new Random(SEED ^ name.hashCode());
    float[] elements = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = (float) random.nextGaussian();
    }
    return builder.initializer(name, Tensor.floats(shape, elements));
  }

  /** One attention's scores, and its mask added. */
  private final class Attention {
    private final Ops ops;
    private final boolean isTurned;

    Attention(String name, boolean isTurned) {
      this.ops = new Ops(builder, name, "layer.0");
      this.isTurned = isTurned;
    }

    private Value product(String name, Value factor) {
      String weight = builder.freeName("weight");
      return isTurned
          ? ops.fusedMatMul(name, factor, false, constant(weight, ALL, IN), true, 1f)
          : ops.matMul(name, factor, constant(weight, IN, ALL));
    }

    private Value heads(String name, Value all) {
      return ops.transpose(name + "_heads", ops.reshape(name + "_split", all, 0, 0, 4, 5), BY_HEAD);
    }

    Value masked(Value queries) {
      Value keys = heads("keys", product("keys", rows));
      Value scores = ops.fusedMatMul("scores", heads("queries", queries), false, keys, true, 0.4f);
      return ops.add("masked", scores, mask);
    }

    Value biased() {
      Value product = product("queries", rows);
      return ops.add("biased", product, constant(builder.freeName("bias"), ALL));
    }

    Value weights() {
      return ops.softmax("weights", masked(biased()));
    }
  }

  private Graph applied(Value... outputs) {
    Graph before = builder.build(List.of(outputs));
    Graph after = MaskedKeys.apply(before);
    SameOutputs.check(before, after, inputs, 1e-6, SEED); // numbers of constants are float32
    return after;
  }

  private static List<String> names(Graph graph) {
    return graph.nodes().stream().map(Node::name).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theMaskIsAnElementOfKeys(boolean isTurned) {
    Graph after = applied(new Attention("t", isTurned).weights());
    assertThat(names(after)).doesNotContain("t.masked");
    assertThat(after.value("t.keys_heads").shape().dim(3).size()).isEqualTo(6);
    assertThat(after.value("t.weights").shape()).hasToString("[batch, 4, sequence, sequence]");
  }

  @Test
  void queriesMayHaveNoBias() {
    Attention attention = new Attention("t", true);
    Value weights =
        attention.ops.softmax("weights", attention.masked(attention.product("queries", rows)));
    assertThat(names(applied(weights))).doesNotContain("t.masked");
  }

  /** Whatever masks it: the lowest number, or one below all numbers. */
  @ParameterizedTest
  @ValueSource(doubles = {-Float.MAX_VALUE, Double.NEGATIVE_INFINITY, -10_000})
  void aKeyThatIsMaskedHasNoWeight(double lowest) {
    Value weights = new Attention("t", true).weights();
    double[] masked = {0, 0, lowest, 0, lowest, lowest};
    inputs.put("mask", new DoubleTensor(new int[] {2, 1, 1, 3}, masked));
    assertThat(names(applied(weights))).doesNotContain("t.masked");
  }

  @Test
  void layersShareWhatIsMadeOfTheMask() {
    Value first = new Attention("first", true).weights();
    Value second = new Attention("second", true).weights();
    Graph after = applied(first, second);
    assertThat(names(after)).filteredOn(name -> name.startsWith("mask.of_keys")).hasSize(1);
    assertThat(names(after)).doesNotContain("first.masked", "second.masked");
  }

  @Test
  void whatIsReadElsewhereIsKept() {
    for (String name : List.of("scores", "masked", "keys_heads", "biased", "keys")) {
      Attention attention = new Attention("by_" + name, true);
      Value weights = attention.weights();
      Value other = builder.value("by_" + name + "." + name);
      assertThat(names(applied(weights, other))).contains("by_" + name + ".masked");
    }
  }

  @Test
  void aMaskOfQueriesIsKept() {
    mask = input("of_queries", "batch", 1, "sequence", "sequence");
    assertThat(names(applied(new Attention("t", true).weights()))).contains("t.masked");
  }

  @Test
  void aSoftmaxOverQueriesIsKept() {
    Attention attention = new Attention("t", true);
    Value masked = attention.masked(attention.biased());
    Value weights =
        attention.ops.op("weights", "Softmax", Map.of("axis", Attribute.of(2L)), masked);
    assertThat(names(applied(weights))).contains("t.masked");
  }

  /** A few numbers are not worth it. */
  @Test
  void fewerQueriesThanKeysAreLeft() {
    Attention attention = new Attention("t", true);
    Value one = input("one", "batch", 1, IN);
    Value weights =
        attention.ops.softmax("weights", attention.masked(attention.product("queries", one)));
    assertThat(names(applied(weights))).contains("t.masked");
  }

  @Test
  void keysWithABiasAreLeft() {
    Attention attention = new Attention("t", true);
    Ops ops = attention.ops;
    Value keys = ops.add("biased_keys", attention.product("keys", rows), constant("b", ALL));
    Value scores =
        ops.fusedMatMul(
            "scores",
            attention.heads("queries", attention.biased()),
            false,
            attention.heads("keys", keys),
            true,
            0.4f);
    Value weights = ops.softmax("weights", ops.add("masked", scores, mask));
    assertThat(names(applied(weights))).contains("t.masked");
  }
}
