package io.sparklrp.graph.pass;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What was done to a model's graph, pass by pass, to be read and compared: first the graph as it
 * came, then of each pass what it did, the lines that went and the lines that came.
 */
public final class Plan implements PassLog {
  private final List<PassStep> steps = new ArrayList<>();

  @Override
  public void ran(PassStep step) {
    steps.add(step);
  }

  /** The steps in their order. */
  public List<PassStep> steps() {
    return Collections.unmodifiableList(steps);
  }

  /** The plan as text. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!steps.isEmpty()) {
      lines.addAll(start(steps.get(0).before()));
    }
    steps.forEach(step -> lines.addAll(lines(step)));
    return lines;
  }

  private static List<String> start(Graph graph) {
    List<String> lines = new ArrayList<>(GraphText.head(graph));
    ModelParts parts = new ModelParts();
    graph.nodes().forEach(node -> parts.add(node, "", GraphText.lines(graph, node)));
    lines.addAll(parts.lines());
    return lines;
  }

  private static List<String> lines(PassStep step) {
    GraphChange change = new GraphChange(step.before(), step.after());
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(String.format("%s / %s: %s", step.stage(), step.pass(), step.description()));
    if (step.leftOut().isPresent()) {
      lines.add("left out: " + step.leftOut().get());
      return lines;
    }
    List<String> changed = change.lines().lines();
    String parts = change.parts();
    lines.add(changed.isEmpty() && parts.isEmpty() ? "nothing to do" : change.summary());
    if (!parts.isEmpty()) {
      lines.add("parts: " + parts);
    }
    lines.addAll(changed);
    return lines;
  }
}
