package io.sparklrp.explain.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the cheapest cut, found by trying all of them, and against a closed form. */
class LayeredFlowTest {
  private static final double CLOSE = 1e-12;

  /**
   * A network of random capacities.
   *
   * @param density how many of the edges there are
   */
  record Network(int layers, int rows, double density, long seed) {
    double[][] capacities() {
      Random random = new Random(seed);
      double[][] all = new double[layers][rows * rows];
      for (double[] layer : all) {
        Arrays.setAll(
            layer, i -> random.nextDouble() < density ? Math.pow(random.nextDouble(), 3) : 0);
      }
      return all;
    }
  }

  static Stream<Network> networks() {
    return IntStream.range(0, 60)
        .mapToObj(i -> new Network(1 + i % 4, 2 + i % 3, i % 2 == 0 ? 1 : 0.5, 977 + i));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void isTheCheapestCut(Network network) {
    LayeredFlow flow = new LayeredFlow(network.capacities(), network.rows());
    for (int from = 0; from < network.rows(); from++) {
      for (int to = 0; to < network.rows(); to++) {
        assertThat(flow.maximum(from, to))
            .as("%s from %d to %d", network, from, to)
            .isCloseTo(cheapestCut(network, from, to), within(CLOSE));
      }
    }
  }

  /** Every set of inner nodes on the source's side is a cut. */
  private static double cheapestCut(Network network, int from, int to) {
    int rows = network.rows();
    int inner = (network.layers() - 1) * rows;
    double least = Double.POSITIVE_INFINITY;
    for (int side = 0; side < 1 << inner; side++) {
      double cut = 0;
      for (int layer = 0; layer < network.layers(); layer++) {
        for (int edge = 0; edge < rows * rows; edge++) {
          boolean isAbove = isOfSource(network, side, layer + 1, edge / rows, from);
          boolean isBelow = layer > 0 && isOfSource(network, side, layer, edge % rows, from);
          boolean isEnd = layer > 0 || edge % rows == to;
          cut += isAbove && !isBelow && isEnd ? network.capacities()[layer][edge] : 0;
        }
      }
      least = Math.min(least, cut);
    }
    return least;
  }

  private static boolean isOfSource(Network network, int side, int layer, int row, int from) {
    return layer == network.layers()
        ? row == from
        : (side >> ((layer - 1) * network.rows() + row) & 1) == 1;
  }

  static Stream<Network> pairs() {
    return IntStream.range(0, 10).mapToObj(i -> new Network(2, 3 + 4 * i, 1, 31 + i));
  }

  /** Of two layers, the sum over the nodes between of the smaller capacity. */
  @ParameterizedTest
  @MethodSource("pairs")
  void ofTwoLayersItHasAClosedForm(Network network) {
    double[][] capacities = network.capacities();
    int rows = network.rows();
    LayeredFlow flow = new LayeredFlow(capacities, rows);
    for (int from = 0; from < rows; from++) {
      for (int to = 0; to < rows; to++) {
        double expected = 0;
        for (int between = 0; between < rows; between++) {
          expected +=
              Math.min(capacities[1][from * rows + between], capacities[0][between * rows + to]);
        }
        assertThat(flow.maximum(from, to)).as("%s", network).isCloseTo(expected, within(1e-10));
      }
    }
  }
}
