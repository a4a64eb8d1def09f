package io.sparklrp.method;

import io.sparklrp.error.UserException;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.RowShare;
import io.sparklrp.relevance.rule.EpsilonRule;
import io.sparklrp.relevance.rule.GammaRule;
import io.sparklrp.relevance.rule.LayerRule;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What users say of a method beside its name; what they do not say is not there.
 *
 * <ul>
 *   <li>{@code steps}: how many points of its line integrated gradients read
 *   <li>{@code baseline}: {@code pad} to begin that line at the padding token's embedding, not at
 *       zeros
 *   <li>{@code flow}: {@code normalised} to divide what flows from each token by its sum
 *   <li>{@code seed}: of random numbers
 *   <li>{@code gamma}: how much more counts at linear layers what speaks for an output (LRP-gamma)
 *   <li>{@code epsilon}: what is absorbed at linear layers (LRP-epsilon)
 *   <li>{@code stay}: which part of attention's relevance stays with the tokens attended to, or
 *       from which part in the first layer to which in the last, such as {@code 0.75-0.25}
 *   <li>{@code stay-query}: which part of that stays with the tokens that attend
 *   <li>{@code ledger}: {@code by-layer}, or {@code by-cause} to book what nodes absorb
 *   <li>{@code bias}: {@code by-layer}, or {@code per-token} to tell what constants add in each
 *       token's row, or {@code to-tokens} to make that a part of the token's relevance
 * </ul>
 *
 * @param parameters what is said, by these names, as a run's parameters have it
 */
public record MethodOptions(Map<String, String> parameters) implements Serializable {
  /** Nothing is said. */
  public static final MethodOptions NONE = new MethodOptions(Map.of());

  private static final String STEPS = "steps";
  private static final String BASELINE = "baseline";
  private static final String FLOW = "flow";
  private static final String SEED = "seed";
  private static final String GAMMA = "gamma";
  private static final String EPSILON = "epsilon";
  private static final String LEDGER = "ledger";
  private static final String BIAS = "bias";
  private static final String STAY = "stay";
  private static final String STAY_QUERY = "stay-query";
  private static final List<String> OPTIONS =
      List.of(STEPS, BASELINE, FLOW, SEED, GAMMA, EPSILON, BIAS, STAY, STAY_QUERY);
  private static final String NORMALISED = "normalised";
  private static final String SUMMED = "summed";
  private static final String PAD = "pad";
  private static final String ZERO = "zero";
  private static final String BY_CAUSE = "by-cause";
  private static final String BY_LAYER = "by-layer";
  private static final String PER_TOKEN = "per-token";
  private static final String TO_TOKENS = "to-tokens";
  private static final String BOOKING = "a method whose ledger has entries, such as lrp-stay";
  private static final float HALF = 0.5f;

  /** Parts of a whole: one, or from one to another. */
  private static final Pattern PARTS = Pattern.compile("(0|0?\\.\\d+)(?:-(0|0?\\.\\d+))?");

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
      MethodOptions said = of(options);
      if (said.detail().isByToken()) {
        throw new UserException(
            String.format(
                "Cannot use method '%s': bias=per-token changes no relevance. Write bias=to-tokens, or leave it out.",
                text));
      }
      return said.method(parts[0]);
    } catch (NumberFormatException e) {
      throw new UserException(
          String.format(
              "Cannot use method '%s': what it is given is no number. Write it as in lrp-stay:gamma=0.25.",
              text),
          e);
    }
  }

  /** What parameters of a run say, among others. */
  public static MethodOptions of(Map<String, String> parameters) {
    MethodOptions options = NONE;
    for (String name : List.of(BASELINE, FLOW, LEDGER, BIAS, STAY)) {
      options = options.with(name, parameters.get(name));
    }
    return options
        .with(STEPS, number(parameters, STEPS, Integer::valueOf))
        .with(SEED, number(parameters, SEED, Long::valueOf))
        .with(GAMMA, number(parameters, GAMMA, Float::valueOf))
        .with(EPSILON, number(parameters, EPSILON, Float::valueOf))
        .with(STAY_QUERY, number(parameters, STAY_QUERY, Float::valueOf));
  }

  private static <N> N number(
      Map<String, String> parameters, String name, Function<String, N> read) {
    String written = parameters.get(name);
    return written == null ? null : read.apply(written);
  }

  /** Copies. */
  public MethodOptions {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /**
   * This and one more.
   *
   * @param name of the option
   * @param value a number or a word; null where nothing is said
   */
  public MethodOptions with(String name, Object value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new TreeMap<>(parameters);
    more.put(name, value.toString());
    return new MethodOptions(more);
  }

  /**
   * A method as it is wanted.
   *
   * @throws UserException if there is none of that name, or it has no such option
   */
  public Method method(String name) {
    Method method = Methods.named(name);
    check(STEPS, method instanceof IntegratedGradients, name, "integrated-gradients");
    check(BASELINE, method instanceof IntegratedGradients, name, "integrated-gradients");
    check(FLOW, method instanceof AttentionFlow, name, "attention-flow");
    check(SEED, method instanceof RandomNumbers, name, "random");
    LedgerDetail detail = detail();
    boolean isBooking = method instanceof Gradient;
    check(LEDGER, isBooking || !detail.isByCause(), name, BOOKING);
    check(BIAS, isBooking || !(detail.isByToken() || isToTokens()), name, BOOKING);
    boolean isConserving = isBooking && method.isConservative();
    check(STAY, method == Methods.LRP_STAY, name, "lrp-stay");
    check(STAY_QUERY, method == Methods.LRP_STAY, name, "lrp-stay");
    check(GAMMA, isConserving, name, "lrp or lrp-stay");
    check(EPSILON, isConserving, name, "lrp or lrp-stay");
    if (method instanceof Gradient gradient) {
      return of(gradient);
    }
    if (method instanceof IntegratedGradients path) {
      return along(path);
    }
    if (method instanceof AttentionFlow flows && has(FLOW)) {
      return flows.normalised(isNormalised());
    }
    return method instanceof RandomNumbers random && has(SEED)
        ? random.seeded(Long.parseLong(parameters.get(SEED)))
        : method;
  }

  private Gradient of(Gradient gradient) {
    Gradient layered = layers().map(gradient::with).orElse(gradient);
    float queries = queries();
    Gradient stayed = has(STAY) || queries > 0 ? layered.with(staying(queries)) : layered;
    Gradient shared = queries > 0 ? stayed.with(RowShare.QUERIES) : stayed;
    return isToTokens() ? shared.with(RowShare.CONSTANTS) : shared;
  }

  private float queries() {
    float part = has(STAY_QUERY) ? Float.parseFloat(parameters.get(STAY_QUERY)) : 0;
    if (!(part >= 0 && part <= 1)) {
      throw new UserException(
          String.format(
              "Cannot use --stay-query %s: it is no part from 0 to 1. Give one, such as 0.5.",
              parameters.get(STAY_QUERY)));
    }
    return part;
  }

  private Treatment staying(float queries) {
    Matcher parts = PARTS.matcher(parameters.getOrDefault(STAY, Float.toString(HALF)));
    if (!parts.matches()) {
      throw noParts();
    }
    float first = Float.parseFloat(parts.group(1));
    float last = parts.group(2) == null ? first : Float.parseFloat(parts.group(2));
    if (first >= 1 || last >= 1) {
      throw noParts();
    }
    return first == HALF && last == HALF && queries == 0
        ? AttentionTreatment.STAYING
        : AttentionTreatment.staying(first, last, queries);
  }

  private UserException noParts() {
    return new UserException(
        String.format(
            "Cannot use --stay %s: it is no part from 0 to below 1, nor two. Give one, such as 0.5, or two, such as"
                + " 0.75-0.25.",
            parameters.get(STAY)));
  }

  private IntegratedGradients along(IntegratedGradients path) {
    IntegratedGradients begun = has(BASELINE) ? path.from(is(BASELINE, PAD, ZERO)) : path;
    return has(STEPS) ? begun.in(steps()) : begun;
  }

  private boolean has(String option) {
    return parameters.containsKey(option);
  }

  private void check(String option, boolean isOfMethod, String method, String instead) {
    if (has(option) && !isOfMethod) {
      throw new UserException(
          String.format(
              "Cannot use --%s %s with method %s: it has no such option. Leave it out, or give --method %s.",
              option, parameters.get(option), method, instead));
    }
  }

  private int steps() {
    int steps = Integer.parseInt(parameters.get(STEPS));
    if (steps < 1 || steps > MOST_STEPS) {
      throw new UserException(
          String.format(
              "Cannot use --steps %d: it is not from 1 to %,d. Give a number, such as 32.",
              steps, MOST_STEPS));
    }
    return steps;
  }

  /** The rule at linear layers; empty for the gradient. */
  private Optional<LayerRule> layers() {
    if (has(GAMMA) && has(EPSILON)) {
      throw new UserException(
          "Cannot use --gamma and --epsilon together: both say what linear layers do. Leave one out.");
    }
    return has(GAMMA)
        ? Optional.of(new GammaRule(positive(GAMMA)))
        : Optional.of(EPSILON).filter(this::has).map(this::positive).map(EpsilonRule::new);
  }

  private float positive(String option) {
    float given = Float.parseFloat(parameters.get(option));
    if (given > 0 && Float.isFinite(given)) {
      return given;
    }
    throw new UserException(
        String.format(
            "Cannot use --%s %s: it is no number above 0. Give one, such as 0.1.", option, given));
  }

  private boolean isNormalised() {
    return is(FLOW, NORMALISED, SUMMED);
  }

  /**
   * How finely the ledger books.
   *
   * @throws UserException if there is no such way
   */
  public LedgerDetail detail() {
    return new LedgerDetail(
        false,
        has(BIAS) && is(BIAS, PER_TOKEN, TO_TOKENS, BY_LAYER),
        has(LEDGER) && is(LEDGER, BY_CAUSE, BY_LAYER));
  }

  private boolean isToTokens() {
    return has(BIAS) && is(BIAS, TO_TOKENS, PER_TOKEN, BY_LAYER);
  }

  /** Whether an option is a word, of that and others that it may be. */
  private boolean is(String option, String word, String... others) {
    String given = parameters.get(option);
    List<String> words = Stream.concat(Stream.of(word), Stream.of(others)).toList();
    if (!words.contains(given)) {
      throw new UserException(
          String.format(
              "Cannot use --%s %s: there is none of that name. Use one of: %s.",
              option, given, String.join(", ", words)));
    }
    return given.equals(word);
  }
}
