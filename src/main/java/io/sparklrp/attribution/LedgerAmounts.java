package io.sparklrp.attribution;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Where the whole score went: score = tokens + position + segment + bias + residual.
 *
 * @param tokens sum over all tokens
 * @param position position embeddings
 * @param segment token-type embeddings
 * @param bias all additive parameters
 * @param residual what is left of the score
 * @param biasByLayer the additive parameters by part of the model; null where it is left out
 * @param byCause the residual by kind and layer of node; null unless it is asked for
 */
public record LedgerAmounts(
    double tokens,
    double position,
    double segment,
    double bias,
    double residual,
    Map<String, Double> biasByLayer,
    Map<String, Double> byCause) {
  private static final String POSITION = "position";
  private static final String SEGMENT = "segment";

  /** So begin the names of what nodes absorb, a part of the residual. */
  private static final String ABSORBED = "absorbed:";

  /** Copies, in order. */
  public LedgerAmounts {
    biasByLayer = copy(biasByLayer);
    byCause = copy(byCause);
  }

  private static Map<String, Double> copy(Map<String, Double> amounts) {
    return amounts == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(amounts));
  }

  /** The same without what each layer added. */
  public LedgerAmounts withoutLayers() {
    return new LedgerAmounts(tokens, position, segment, bias, residual, null, byCause);
  }

  /** What is left of the score where causes are booked too; the residual where they are not. */
  public double unaccounted() {
    return byCause == null
        ? residual
        : residual - byCause.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /**
   * The ledger of a record; the residual is computed in double precision.
   *
   * @param score the explained score
   * @param tokens sum of the tokens' relevance
   * @param entries names of the booked amounts
   * @param amounts the amount of each
   */
  public static LedgerAmounts of(
      double score, double tokens, List<String> entries, IntToDoubleFunction amounts) {
    Map<String, Double> bias = new LinkedHashMap<>();
    Map<String, Double> byCause = new LinkedHashMap<>();
    double position = 0;
    double segment = 0;
    for (int i = 0; i < entries.size(); i++) {
      double amount = amounts.applyAsDouble(i);
      switch (entries.get(i)) {
        case POSITION -> position += amount;
        case SEGMENT -> segment += amount;
        default -> {
          boolean isAbsorbed = entries.get(i).startsWith(ABSORBED);
          String name = isAbsorbed ? entries.get(i).substring(ABSORBED.length()) : entries.get(i);
          (isAbsorbed ? byCause : bias).merge(name, amount, Double::sum);
        }
      }
    }
    double allBias = bias.values().stream().mapToDouble(Double::doubleValue).sum();
    double residual = score - tokens - position - segment - allBias;
    return new LedgerAmounts(
        tokens, position, segment, allBias, residual, bias, byCause.isEmpty() ? null : byCause);
  }
}
