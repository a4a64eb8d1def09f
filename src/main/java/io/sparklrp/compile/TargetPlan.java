package io.sparklrp.compile;

import io.sparklrp.graph.Dim;
import io.sparklrp.model.Target;
import io.sparklrp.model.Task;
import io.sparklrp.relevance.TargetSource;
import io.sparklrp.relevance.target.EntityTargets;
import io.sparklrp.relevance.target.GivenTargets;
import io.sparklrp.relevance.target.HighestTarget;
import io.sparklrp.relevance.target.RowTargets;
import io.sparklrp.relevance.target.SpanTargets;
import io.sparklrp.relevance.target.Targets;
import io.sparklrp.relevance.target.TopTargets;
import io.sparklrp.relevance.target.UnlessGiven;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a model is compiled for a kind of targets.
 *
 * @param rows how many rows of outputs by token each record reads; empty for all
 * @param source where the seed comes from
 * @param targets which targets, where the source is {@link TargetSource#TARGETS}
 * @param highest how many of the highest outputs of a row come out; empty for all outputs
 */
record TargetPlan(
    Optional<Dim> rows, TargetSource source, Optional<Targets> targets, OptionalInt highest) {
  private static final Optional<Dim> ALL = Optional.empty();
  private static final Optional<Dim> ONE = Optional.of(Dim.of(1));
  private static final Optional<Dim> MANY = Optional.of(Dim.symbol("rows"));

  /** No rows are selected. */
  static TargetPlan of(TargetSource source) {
    return source == TargetSource.TARGETS
        ? given(ALL, false)
        : new TargetPlan(ALL, source, Optional.empty(), OptionalInt.empty());
  }

  /**
   * The plan of a target of documents in windows, whose class is not that of each window.
   *
   * @param none class of tokens that are no entity; -1 where all are
   */
  static TargetPlan ofWindows(Task task, Target target, int none) {
    if (target instanceof Target.Entities) {
      return chosen(ALL, new EntityTargets(none));
    }
    boolean isClasses = task == Task.SEQUENCE_CLASSIFICATION;
    if (isClasses && target instanceof Target.Predicted) {
      return chosen(ALL, new UnlessGiven(new HighestTarget()));
    }
    return isClasses && target instanceof Target.Top top
        ? chosen(ALL, new UnlessGiven(new TopTargets(top.count())))
        : of(task, target);
  }

  /** The plan of a target. */
  static TargetPlan of(Task task, Target target) {
    if (task == Task.MASKED_LANGUAGE_MODEL) {
      return ofMasks(target);
    }
    Optional<Dim> rows = task.isLanguageModel() ? ONE : ALL;
    if (target instanceof Target.Predicted) {
      return new TargetPlan(rows, TargetSource.PREDICTED, Optional.empty(), OptionalInt.empty());
    }
    if (target instanceof Target.Top top) {
      return chosen(rows, new TopTargets(top.count()));
    }
    if (target instanceof Target.Entities) {
      return given(ALL, true);
    }
    if (target instanceof Target.Span span) {
      return span.isGiven()
          ? given(ALL, false)
          : chosen(ALL, new SpanTargets(span.start(), span.end()));
    }
    if (target instanceof Target.Token token) {
      return token.index() == Target.NONE
          ? new TargetPlan(ONE, TargetSource.PREDICTED, Optional.empty(), OptionalInt.empty())
          : given(ONE, false);
    }
    if (target instanceof Target.Completion completion) {
      return given(MANY, !completion.isSum());
    }
    if (target instanceof Target.Similarity) {
      return new TargetPlan(ALL, TargetSource.SEED, Optional.empty(), OptionalInt.empty());
    }
    return given(rows, target instanceof Target.All || target instanceof Target.Several);
  }

  /** A row for each mask, with its own highest outputs or with targets that are given. */
  private static TargetPlan ofMasks(Target target) {
    if (target instanceof Target.Predicted) {
      return chosen(MANY, new RowTargets(1));
    }
    return target instanceof Target.Top top
        ? chosen(MANY, new RowTargets(top.count()))
        : given(MANY, true);
  }

  /** One row of each record, and one target that is given with it. */
  static TargetPlan ofOneRow() {
    return given(ONE, false);
  }

  private static TargetPlan given(Optional<Dim> rows, boolean several) {
    return new TargetPlan(
        rows, TargetSource.TARGETS, Optional.of(new GivenTargets(several)), OptionalInt.empty());
  }

  private static TargetPlan chosen(Optional<Dim> rows, Targets targets) {
    return new TargetPlan(rows, TargetSource.TARGETS, Optional.of(targets), OptionalInt.empty());
  }

  /** Whether the model's outputs have to be known before records can be asked. */
  static boolean predictsFirst(Target target) {
    return target instanceof Target.Entities || target instanceof Target.Similarity;
  }

  /**
   * The same rows, for targets that are given; a seed stays one.
   *
   * @param several whether a record has several
   */
  TargetPlan ofGiven(boolean several) {
    return source == TargetSource.SEED
        ? new TargetPlan(rows, source, Optional.empty(), OptionalInt.empty())
        : given(rows, several);
  }

  /** The same with so many of the highest outputs of each row instead of all. */
  TargetPlan keepingHighest(int count) {
    return new TargetPlan(rows, source, targets, OptionalInt.of(count));
  }

  /** Tells compiled graphs apart. */
  String key() {
    return source
        + rows.map(dim -> "-rows-" + dim).orElse("")
        + targets.map(found -> "-" + found).orElse("")
        + (highest.isPresent() ? "-highest-" + highest.getAsInt() : "");
  }

  boolean areSeveral() {
    return targets.map(Targets::areSeveral).orElse(false);
  }
}
