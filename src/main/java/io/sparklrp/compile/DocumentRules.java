package io.sparklrp.compile;

import io.sparklrp.explain.window.BestSpan;
import io.sparklrp.explain.window.DocumentRule;
import io.sparklrp.explain.window.EachEntity;
import io.sparklrp.explain.window.GivenClasses;
import io.sparklrp.explain.window.HighestClasses;
import io.sparklrp.explain.window.OneWindow;
import io.sparklrp.model.Target;
import io.sparklrp.model.Task;

/** How each kind of target is explained in a document of several windows. */
final class DocumentRules {
  private DocumentRules() {}

  /** Whether documents of windows are defined for a task. */
  static boolean exist(Task task) {
    return switch (task) {
      case SEQUENCE_CLASSIFICATION, TOKEN_CLASSIFICATION, QUESTION_ANSWERING -> true;
      case MASKED_LANGUAGE_MODEL, CAUSAL_LANGUAGE_MODEL, IMAGE_CLASSIFICATION, EMBEDDING -> false;
    };
  }

  /**
   * The rule of a target.
   *
   * @param outputs number of outputs of a row
   */
  static DocumentRule of(Target target, int outputs) {
    if (target instanceof Target.Predicted) {
      return new HighestClasses(1);
    }
    if (target instanceof Target.Top top) {
      return new HighestClasses(Math.min(top.count(), outputs));
    }
    if (target instanceof Target.Entities) {
      return new EachEntity(outputs);
    }
    if (target instanceof Target.Span span && !span.isGiven()) {
      return new BestSpan();
    }
    return target instanceof Target.Span || target instanceof Target.Token
        ? new OneWindow(outputs)
        : new GivenClasses();
  }
}
