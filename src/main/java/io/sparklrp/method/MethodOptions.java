package io.sparklrp.method;

import io.sparklrp.error.UserException;
import io.sparklrp.relevance.LedgerDetail;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What users say of a method beside its name; null where they say nothing.
 *
 * @param steps how many points of its line integrated gradients read
 * @param flow {@code normalised} to divide what flows from each token by its sum
 * @param seed of random numbers
 * @param ledger {@code by-layer}, or {@code by-cause} to book what nodes absorb
 */
public record MethodOptions(Integer steps, String flow, Long seed, String ledger)
    implements Serializable {
  /** Nothing is said. */
  public static final MethodOptions NONE = new MethodOptions(null, null, null, null);

  private static final String STEPS = "steps";
  private static final String FLOW = "flow";
  private static final String SEED = "seed";
  private static final String LEDGER = "ledger";
  private static final String NORMALISED = "normalised";
  private static final String SUMMED = "summed";
  private static final String BY_CAUSE = "by-cause";
  private static final String BY_LAYER = "by-layer";
  private static final int MOST_STEPS = 10_000;

  /** What parameters of a run say. */
  public static MethodOptions of(Map<String, String> parameters) {
    String steps = parameters.get(STEPS);
    String seed = parameters.get(SEED);
    return new MethodOptions(
        steps == null ? null : Integer.valueOf(steps),
        parameters.get(FLOW),
        seed == null ? null : Long.valueOf(seed),
        parameters.get(LEDGER));
  }

  /** The same as parameters of a run, by the options' names. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    put(parameters, STEPS, steps);
    put(parameters, FLOW, flow);
    put(parameters, SEED, seed);
    put(parameters, LEDGER, ledger);
    return parameters;
  }

  private static void put(Map<String, String> parameters, String name, Object value) {
    if (value != null) {
      parameters.put(name, value.toString());
    }
  }

  /**
   * A method as it is wanted.
   *
   * @throws UserException if there is none of that name, or it has no such option
   */
  public Method method(String name) {
    Method method = Methods.named(name);
    check(steps, method instanceof IntegratedGradients, STEPS, name, "integrated-gradients");
    check(flow, method instanceof AttentionFlow, FLOW, name, "attention-flow");
    check(seed, method instanceof RandomNumbers, SEED, name, "random");
    check(detail() == LedgerDetail.CAUSE ? ledger : null, method instanceof Gradient, LEDGER, name,
        "a method whose ledger has entries, such as lrp-stay");
    if (method instanceof IntegratedGradients path && steps != null) {
      return path.in(steps());
    }
    if (method instanceof AttentionFlow flows && flow != null) {
      return flows.normalised(isNormalised());
    }
    return method instanceof RandomNumbers random && seed != null ? random.seeded(seed) : method;
  }

  private static void check(
      Object given, boolean has, String option, String method, String instead) {
    if (given != null && !has) {
      throw new UserException(
          String.format(
              "Cannot use --%s %s with method %s: it has no such option. Leave it out, or give --method %s.",
              option, given, method, instead));
    }
  }

  /**
   * How many points are read.
   *
   * @throws UserException if they are too few or too many
   */
  @Override
  public Integer steps() {
    if (steps != null && (steps < 1 || steps > MOST_STEPS)) {
      throw new UserException(
          String.format(
              "Cannot use --steps %d: it is not from 1 to %,d. Give a number, such as 32.",
              steps, MOST_STEPS));
    }
    return steps;
  }

  private boolean isNormalised() {
    return isFirst(FLOW, flow, NORMALISED, SUMMED);
  }

  /**
   * How finely the ledger books.
   *
   * @throws UserException if there is no such way
   */
  public LedgerDetail detail() {
    return ledger != null && isFirst(LEDGER, ledger, BY_CAUSE, BY_LAYER)
        ? LedgerDetail.CAUSE
        : LedgerDetail.LAYER;
  }

  private static boolean isFirst(String option, String given, String first, String second) {
    if (given.equals(first) || given.equals(second)) {
      return given.equals(first);
    }
    throw new UserException(
        String.format(
            "Cannot use --%s %s: there is none of that name. Use one of: %s, %s.",
            option, given, first, second));
  }
}
