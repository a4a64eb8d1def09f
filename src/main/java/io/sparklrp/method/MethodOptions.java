package io.sparklrp.method;

import io.sparklrp.error.UserException;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.rule.EpsilonRule;
import io.sparklrp.relevance.rule.GammaRule;
import io.sparklrp.relevance.rule.LayerRule;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What users say of a method beside its name; null where they say nothing.
 *
 * @param steps how many points of its line integrated gradients read
 * @param flow {@code normalised} to divide what flows from each token by its sum
 * @param seed of random numbers
 * @param gamma how much more counts at linear layers what speaks for an output (LRP-gamma)
 * @param epsilon what is absorbed at linear layers (LRP-epsilon)
 * @param ledger {@code by-layer}, or {@code by-cause} to book what nodes absorb
 * @param bias {@code by-layer}, or {@code per-token} to tell what constants add in each token's row
 */
public record MethodOptions(
    Integer steps, String flow, Long seed, Float gamma, Float epsilon, String ledger, String bias)
    implements Serializable {
  /** Nothing is said. */
  public static final MethodOptions NONE =
      new MethodOptions(null, null, null, null, null, null, null);

  private static final String STEPS = "steps";
  private static final String FLOW = "flow";
  private static final String SEED = "seed";
  private static final String GAMMA = "gamma";
  private static final String EPSILON = "epsilon";
  private static final String LEDGER = "ledger";
  private static final String BIAS = "bias";
  private static final List<String> OPTIONS = List.of(STEPS, FLOW, SEED, GAMMA, EPSILON);
  private static final String NORMALISED = "normalised";
  private static final String SUMMED = "summed";
  private static final String BY_CAUSE = "by-cause";
  private static final String BY_LAYER = "by-layer";
  private static final String PER_TOKEN = "per-token";
  private static final String BOOKING = "a method whose ledger has entries, such as lrp-stay";
  private static final int MOST_STEPS = 10_000;

  /**
   * A method as it is written where several are named, with what is said of it behind colons, such
   * as {@code lrp-stay:gamma=0.25}.
   *
   * @param seed of random numbers, where nothing else is said
   * @throws UserException if there is none of that name, or it has no such option
   */
  public static Method written(String text, long seed) {
    String[] parts = text.split(":", -1);
    Map<String, String> options = new TreeMap<>();
    if (Methods.named(parts[0]) instanceof RandomNumbers) {
      options.put(SEED, Long.toString(seed));
    }
    for (int i = 1; i < parts.length; i++) {
      String[] option = parts[i].split("=", 2);
      if (option.length != 2 || !OPTIONS.contains(option[0])) {
        throw new UserException(
            String.format(
                "Cannot use method '%s': '%s' is no option. Use one of: %s, such as lrp-stay:gamma=0.25.",
                text, parts[i], String.join(", ", OPTIONS)));
      }
      options.put(option[0], option[1]);
    }
    try {
      return of(options).method(parts[0]);
    } catch (NumberFormatException e) {
      throw new UserException(
          String.format(
              "Cannot use method '%s': what it is given is no number. Write it as in lrp-stay:gamma=0.25.",
              text),
          e);
    }
  }

  /** What parameters of a run say. */
  public static MethodOptions of(Map<String, String> parameters) {
    String steps = parameters.get(STEPS);
    String seed = parameters.get(SEED);
    return new MethodOptions(
        steps == null ? null : Integer.valueOf(steps),
        parameters.get(FLOW),
        seed == null ? null : Long.valueOf(seed),
        number(parameters.get(GAMMA)),
        number(parameters.get(EPSILON)),
        parameters.get(LEDGER),
        parameters.get(BIAS));
  }

  private static Float number(String written) {
    return written == null ? null : Float.valueOf(written);
  }

  /** The same as parameters of a run, by the options' names. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    put(parameters, STEPS, steps);
    put(parameters, FLOW, flow);
    put(parameters, SEED, seed);
    put(parameters, GAMMA, gamma);
    put(parameters, EPSILON, epsilon);
    put(parameters, LEDGER, ledger);
    put(parameters, BIAS, bias);
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
    LedgerDetail detail = detail();
    check(
        detail == LedgerDetail.CAUSE ? ledger : null,
        method instanceof Gradient,
        LEDGER,
        name,
        BOOKING);
    check(
        detail == LedgerDetail.TOKEN ? bias : null,
        method instanceof Gradient,
        BIAS,
        name,
        BOOKING);
    boolean isConserving = method instanceof Gradient && method.isConservative();
    check(gamma, isConserving, GAMMA, name, "lrp or lrp-stay");
    check(epsilon, isConserving, EPSILON, name, "lrp or lrp-stay");
    Optional<LayerRule> layers = layers();
    if (method instanceof Gradient gradient && layers.isPresent()) {
      return gradient.with(layers.get());
    }
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

  /** The rule at linear layers; empty for the gradient. */
  private Optional<LayerRule> layers() {
    if (gamma != null && epsilon != null) {
      throw new UserException(
          "Cannot use --gamma and --epsilon together: both say what linear layers do. Leave one out.");
    }
    checkPositive(GAMMA, gamma);
    checkPositive(EPSILON, epsilon);
    return gamma != null
        ? Optional.of(new GammaRule(gamma))
        : Optional.ofNullable(epsilon).map(EpsilonRule::new);
  }

  private static void checkPositive(String option, Float given) {
    if (given != null && !(given > 0 && Float.isFinite(given))) {
      throw new UserException(
          String.format(
              "Cannot use --%s %s: it is no number above 0. Give one, such as 0.1.",
              option, given));
    }
  }

  private boolean isNormalised() {
    return isFirst(FLOW, flow, NORMALISED, SUMMED);
  }

  /**
   * How finely the ledger books.
   *
   * @throws UserException if there is no such way, or two of them are asked for
   */
  public LedgerDetail detail() {
    boolean isByCause = ledger != null && isFirst(LEDGER, ledger, BY_CAUSE, BY_LAYER);
    boolean isByToken = bias != null && isFirst(BIAS, bias, PER_TOKEN, BY_LAYER);
    if (isByCause && isByToken) {
      throw new UserException(
          "Cannot use --ledger by-cause and --bias per-token together: each books in a way of its own. Leave one out.");
    }
    if (isByToken) {
      return LedgerDetail.TOKEN;
    }
    return isByCause ? LedgerDetail.CAUSE : LedgerDetail.LAYER;
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
