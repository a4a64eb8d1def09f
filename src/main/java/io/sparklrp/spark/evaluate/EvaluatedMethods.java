package io.sparklrp.spark.evaluate;

import io.sparklrp.error.UserException;
import io.sparklrp.evaluation.Tenths;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.method.Method;
import io.sparklrp.method.MethodOptions;
import io.sparklrp.method.Methods;
import io.sparklrp.model.Precision;
import io.sparklrp.spark.model.MemoryPlan;
import io.sparklrp.spark.model.PreparedModel;
import io.sparklrp.spark.model.TriedModel;
import io.sparklrp.spark.settings.EvaluateSettings;
import io.sparklrp.spark.task.BatchCheckTask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** The methods of an evaluation, sent to the executors and tried there. To be closed. */
final class EvaluatedMethods implements AutoCloseable {
  private final SparkSession session;
  private final List<Sent> sent = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private ExplainSpec first;

  private EvaluatedMethods(SparkSession session) {
    this.session = session;
  }

  /**
   * A method that was sent.
   *
   * @param name as it was written
   * @param limits how large its batches may be
   */
  record Sent(String name, BatchLimits limits, TriedModel model) {
    /**
     * What its trial found; waits for it.
     *
     * @throws UserException if the model cannot be explained by it, which is said by its name
     */
    BatchCheckTask.Found found() {
      try {
        return model.found();
      } catch (UserException e) { // no cause of the other: the message of the innermost is told
        throw new UserException(
            String.format("Cannot evaluate %s: it is refused. %s", name, e.getMessage()));
      }
    }
  }

  /**
   * Compiles and sends methods.
   *
   * @throws UserException if one that was asked for cannot explain the model
   */
  static EvaluatedMethods send(
      SparkSession session, EvaluateSettings settings, PreparedModel prepared) {
    EvaluatedMethods methods = new EvaluatedMethods(session);
    try {
      methods.sendAll(settings, prepared);
      return methods;
    } catch (RuntimeException e) {
      methods.close();
      throw e;
    }
  }

  private void sendAll(EvaluateSettings settings, PreparedModel prepared) {
    if (settings.methods().isEmpty()) {
      Methods.all().forEach(method -> sendIfAllowed(method.id(), settings, prepared));
    } else {
      settings.methods().forEach(name -> send(name, settings, prepared));
    }
    if (sent.isEmpty()) {
      throw new UserException(
          "Cannot evaluate: no method can explain the model. " + String.join(" ", notes));
    }
    if (sent.stream().noneMatch(method -> method.name().equals(settings.against()))) {
      notes.add(
          String.format(
              "Nothing is compared: %s is not among the methods. Name it in --methods, or one of them in --against.",
              settings.against()));
    }
  }

  /** Of all methods those are left out that the model does not allow. */
  private void sendIfAllowed(String name, EvaluateSettings settings, PreparedModel prepared) {
    try {
      send(name, settings, prepared);
    } catch (UserException e) {
      notes.add(String.format("%s is left out: %s", name, e.getMessage()));
    }
  }

  private void send(String name, EvaluateSettings settings, PreparedModel prepared) {
    Method method = MethodOptions.written(name, settings.seed());
    ExplainSpec spec =
        sent.isEmpty()
            ? prepared.perturbable(method, settings.options(), settings.replacement())
            : prepared.explained(method, settings.options());
    first = first == null ? spec : first;
    BatchLimits limits =
        MemoryPlan.told(
                session,
                spec,
                Optional.empty(),
                settings.limits().batchTokens(Precision.FLOAT32),
                Integer.MAX_VALUE)
            .batches();
    sent.add(new Sent(name, limits, TriedModel.start(session, spec, Optional.empty())));
  }

  /** Those that were sent; the first can run records with tokens replaced. */
  List<Sent> all() {
    return Collections.unmodifiableList(sent);
  }

  /** About how often a record is run for all of them: half of the points of curves are the same. */
  int runsOfEachRecord() {
    return sent.size() * (1 + Tenths.POINTS);
  }

  /** What is explained by the first: the others' programs, weights and all, are not held here. */
  ExplainSpec first() {
    return first;
  }

  /** What a user should know of them, a sentence each. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public void close() {
    sent.forEach(method -> method.model().close());
  }
}
