package io.sparklrp.evaluation;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of a record's tokens are replaced at each tenth of a curve. At tenth i of n tokens, k = (i
 * n + 9) / 10 in whole numbers (the official code rounds fractions of a float, and takes one token
 * more for a fifth of all lengths); ties go in the order of the tokens.
 */
public final class Tenths {
  /** Points of a curve: none, a tenth, ..., all. */
  public static final int POINTS = 11;

  private Tenths() {}

  /** How many tokens count at a point. */
  static int count(int point, int tokens) {
    return (point * tokens + 9) / 10;
  }

  /**
   * The tokens that are replaced at each point of the activation curve: all but those of the
   * highest relevance.
   */
  public static List<BitSet> activation(double... relevance) {
    List<Integer> order = order(relevance.length, Comparator.comparingDouble(t -> -relevance[t]));
    return IntStream.range(0, POINTS)
        .mapToObj(point -> set(order.subList(count(point, relevance.length), relevance.length)))
        .toList();
  }

  /**
   * The tokens that are replaced at each point of the pruning curves: those of the smallest
   * relevance, whatever its sign.
   */
  public static List<BitSet> pruning(double... relevance) {
    List<Integer> order =
        order(relevance.length, Comparator.comparingDouble(t -> Math.abs(relevance[t])));
    return IntStream.range(0, POINTS)
        .mapToObj(point -> set(order.subList(0, count(point, relevance.length))))
        .toList();
  }

  /** Sorting is stable, so that ties stay in order. */
  private static List<Integer> order(int tokens, Comparator<Integer> by) {
    return IntStream.range(0, tokens).boxed().sorted(by).toList();
  }

  private static BitSet set(List<Integer> tokens) {
    BitSet set = new BitSet();
    tokens.forEach(set::set);
    return set;
  }
}
