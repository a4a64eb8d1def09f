package io.sparklrp.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Value;
import java.util.Map;

/** Whether a pass leaves what a graph computes, by the interpreter. */
public final class SameOutputs {
  private SameOutputs() {}

  /**
   * Asserts that each output of a graph is the same after a pass, and of the same shape.
   *
   * @param tolerance of each element
   * @param seed of the inputs, for messages
   */
  public static void check(
      Graph before, Graph after, Map<String, DoubleTensor> inputs, double tolerance, long seed) {
    Map<String, DoubleTensor> expected = Interpreter.run(before, inputs);
    Map<String, DoubleTensor> found = Interpreter.run(after, inputs);
    for (Value output : before.outputs()) {
      assertThat(found.get(output.name()).data())
          .as("%s, seed %d", output.name(), seed)
          .containsExactly(expected.get(output.name()).data(), within(tolerance));
      assertThat(after.value(output.name()).shape()).isEqualTo(output.shape());
    }
  }
}
