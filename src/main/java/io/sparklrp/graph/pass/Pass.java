package io.sparklrp.graph.pass;

import java.util.function.UnaryOperator;

/**
 * A step that has a name: rewrites a graph, or a graph and what is known of it.
 *
 * <p>How to write a pass:
 *
 * <ol>
 *   <li>Make one class, named after what it does, with a method from graph to graph and a constant
 *       {@code PASS} that names it. Values keep their names; outputs always do.
 *   <li>Put it into its {@link Stage}: of reading a file in {@code raise}, of compiling a model in
 *       {@code assembly}.
 *   <li>Write one test of the same name: the same outputs, and less work.
 *   <li>Look at what it does to models, pass by pass: {@code check-model --plan}, and the plans
 *       that the tests compare.
 * </ol>
 *
 * @param name what plans call it
 * @param description what it does, in one sentence
 * @param change gives what is passed to it anew, or itself where there is nothing to do
 * @param <S> what is passed from step to step
 */
public record Pass<S>(String name, String description, UnaryOperator<S> change) {
  /** What comes out. */
  public S apply(S state) {
    return change.apply(state);
  }

  /**
   * The same step on more than a graph.
   *
   * @param lifting makes of a change of {@code S} one of {@code T}
   * @param <T> what is passed from step to step there
   */
  public <T> Pass<T> lifted(Lifting<S, T> lifting) {
    return new Pass<>(name, description, state -> lifting.apply(state, change));
  }

  /** Changes a part of something. */
  @FunctionalInterface
  public interface Lifting<S, T> {
    /** The whole with its part changed. */
    T apply(T whole, UnaryOperator<S> change);
  }
}
