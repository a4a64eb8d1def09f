package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.IntegerKernel;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.pass.PassStep;
import io.sparklrp.graph.pass.Plan;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.model.Numerics;
import io.sparklrp.model.Precision;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.relevance.RelevanceNodes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden fixtures in fewer bits, within the bound of the contract, or refused. */
class GoldenPrecisionTest {
  private static final double UNLIMITED = 10;

  /** The usual {@code --max-deviation}. */
  private static final double REFUSED = 0.1;

  static Stream<Arguments> cases() {
    return GoldenFixture.names().stream()
        .flatMap(
            name ->
                Stream.of(Precision.MIXED, Precision.INT8)
                    .flatMap(
                        precision ->
                            Stream.of(Methods.LRP_STAY, Methods.LRP)
                                .map(method -> Arguments.of(name, method, precision))));
  }

  @AfterAll
  static void closeSessions() {
    EngineSessions.ofJvm().closeIdle();
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("cases")
  void relevanceOfGivenTargets(String name, Method method, Precision precision) throws Exception {
    GoldenFixture fixture = GoldenFixture.of(name);
    ModelAssembly assembly = ModelAssembly.open(fixture.directory()).in(numerics(precision));
    GoldenRun.Comparison found = GoldenRun.compare(assembly, fixture, method, UNLIMITED);
    boolean isRefused = found.largestShare() > REFUSED;
    assertThat(isRefused || found.deviation() <= precision.bound())
        .as("%.4f of the scale, %.4f of sum|R|", found.deviation(), found.largestShare())
        .isTrue();
    assertThat(isRefused && precision == Precision.MIXED).isFalse();
  }

  /** Weights of eight bits where this processor computes with them exactly. */
  private static Numerics numerics(Precision precision) {
    Numerics numerics = Numerics.of(precision);
    return IntegerKernel.isExact(KernelProbe.bytes()) ? numerics : numerics.narrow();
  }

  /** Predictions and scores of {@code mixed} are those of float32. */
  @ParameterizedTest
  @MethodSource("io.sparklrp.oracle.GoldenFixture#names")
  void theForwardPassOfMixedIsUntouched(String name) {
    ModelAssembly assembly = ModelAssembly.open(GoldenFixture.of(name).directory());
    Plan plan = assembly.in(Numerics.of(Precision.MIXED)).plan(Methods.LRP_STAY);
    PassStep step =
        plan.steps().stream().filter(one -> one.pass().equals("quantisation")).findFirst().get();
    List<Node> before = forward(step.before());
    assertThat(forward(step.after())).isEqualTo(before);
    assertThat(step.after().nodes()).hasSizeGreaterThan(step.before().nodes().size());
  }

  private static List<Node> forward(Graph graph) {
    return graph.nodes().stream().filter(node -> !RelevanceNodes.isRelevance(node)).toList();
  }
}
