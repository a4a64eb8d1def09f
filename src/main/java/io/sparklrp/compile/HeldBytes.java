package io.sparklrp.compile;

import io.sparklrp.engine.MemoryFunction.Term;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bytes of values that are held together: a sum of terms, by the powers of a batch's sizes. */
final class HeldBytes {
  private final Map<Term, Double> factors;

  private HeldBytes(Map<Term, Double> factors) {
    this.factors = factors;
  }

  /** Nothing. */
  static HeldBytes none() {
    return new HeldBytes(Map.of());
  }

  /** Those of a value. Sizes that are not known are taken for the length of a record. */
  static HeldBytes of(Value value) {
    double factor = value.type().bytes();
    int[] powers = new int[4];
    for (Dim dim : value.shape().dims()) {
      factor *= dim.factor();
      dim.symbols().forEach(symbol -> powers[power(symbol)]++);
    }
    return new HeldBytes(Map.of(new Term(1, powers[0], powers[1], powers[2], powers[3]), factor));
  }

  private static int power(String symbol) {
    return switch (symbol) {
      case "batch" -> 0;
      case "rows" -> 2;
      case "targets" -> 3;
      default -> 1;
    };
  }

  HeldBytes plus(HeldBytes other) {
    Map<Term, Double> sum = new LinkedHashMap<>(factors);
    other.factors.forEach((powers, factor) -> sum.merge(powers, factor, Double::sum));
    return new HeldBytes(sum);
  }

  /** The same without what was added before. */
  HeldBytes minus(HeldBytes other) {
    Map<Term, Double> rest = new LinkedHashMap<>(factors);
    other.factors.forEach((powers, factor) -> rest.merge(powers, -factor, Double::sum));
    return new HeldBytes(rest);
  }

  /** Whether there is no batch for which this is more than another. */
  boolean isWithin(HeldBytes other) {
    return factors.entrySet().stream()
        .allMatch(entry -> entry.getValue() <= other.factors.getOrDefault(entry.getKey(), 0.0));
  }

  /** The terms of which something is there. */
  List<Term> terms() {
    List<Term> terms = new ArrayList<>();
    factors.forEach(
        (powers, factor) -> {
          if (factor > 0) {
            terms.add(
                new Term(
                    factor, powers.records(), powers.tokens(), powers.rows(), powers.targets()));
          }
        });
    return terms;
  }
}
