package io.sparklrp.graph.pass;

import io.sparklrp.graph.Graph;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Passes in their order.
 *
 * @param name what plans call it
 * @param passes the passes
 * @param objection why a change, from the first to the second, is not made; empty where it is
 * @param <S> what is passed from step to step
 */
public record Stage<S>(String name, List<Pass<S>> passes, Objection<S> objection) {
  /** Finds fault with what a pass made. */
  @FunctionalInterface
  public interface Objection<S> {
    /** Why a change is not made; empty where it is. */
    Optional<String> to(S before, S after);
  }

  /** Copies. */
  public Stage {
    passes = List.copyOf(passes);
  }

  /** Passes whose every change is made. */
  public Stage(String name, List<Pass<S>> passes) {
    this(name, passes, (before, after) -> Optional.empty());
  }

  /**
   * Goes through all passes.
   *
   * @param state what the first of them gets
   * @param graph the graph of it
   * @param log is told of each
   */
  public S run(S state, Function<S, Graph> graph, PassLog log) {
    S current = state;
    for (Pass<S> pass : passes) {
      S changed = pass.apply(current);
      Optional<String> leftOut = objection.to(current, changed);
      S next = leftOut.isPresent() ? current : changed;
      log.ran(
          new PassStep(
              name,
              pass.name(),
              pass.description(),
              graph.apply(current),
              graph.apply(next),
              leftOut));
      current = next;
    }
    return current;
  }
}
