package io.sparklrp.compile;

import io.sparklrp.engine.EngineSessions;
import io.sparklrp.method.Method;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.GraphMethods;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * From text, or pixels, to relevance on the real engine, in float32, within the tolerance that the
 * fixtures state: every architecture and head.
 */
class GoldenEngineTest {
  private static final GoldenTable TABLE = new GoldenTable();

  static Stream<Arguments> cases() {
    return GoldenFixture.names().stream()
        .flatMap(
            name ->
                GraphMethods.withReferences().stream().map(method -> Arguments.of(name, method)));
  }

  @AfterAll
  static void closeSessions() throws IOException {
    EngineSessions.ofJvm().closeIdle();
    TABLE.write("checkpoints.md");
  }

  /** All records of a fixture in one batch, so that most are padded. */
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void relevanceAndLedgerOfGivenTargets(String name, Method method) throws Exception {
    GoldenFixture fixture = GoldenFixture.of(name);
    ModelAssembly assembly = ModelAssembly.open(fixture.directory());
    TABLE.add(
        fixture.modelType(),
        fixture.head(),
        method,
        GoldenRun.compare(assembly, fixture, method).deviation());
  }
}
