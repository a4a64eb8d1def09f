package io.sparklrp.graph.raise;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.pass.DeadCode;
import io.sparklrp.graph.pass.PassLog;
import io.sparklrp.graph.pass.Stage;
import java.util.List;

/** What is done to a graph as exporters write it, in its order. */
public final class Raising {
  private static final Stage<Graph> STAGE =
      new Stage<>(
          "raise",
          List.of(
              ConstantFolding.PASS,
              ReshapeTargets.PASS,
              ConstantFolding.PASS,
              DeadCode.PASS,
              PatternRaising.PASS,
              DeadCode.PASS));

  private Raising() {}

  /** The graph in the operators that rules know, as far as they are found. */
  public static Graph apply(Graph graph) {
    return apply(graph, PassLog.NONE);
  }

  /** The same, telling of each pass. */
  public static Graph apply(Graph graph, PassLog log) {
    return STAGE.run(graph, raised -> raised, log);
  }
}
