package io.sparklrp.evaluation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The runs that the evaluation of a record takes, by which of its tokens are replaced: those of
 * several methods together, each once. The record as it is, is the first.
 */
public final class Perturbations {
  /** Number of the run in which nothing is replaced. */
  public static final int WHOLE = 0;

  private final int tokens;
  private final boolean leavesOneOut;
  private final Map<BitSet, Integer> numbers = new LinkedHashMap<>();
  private long asked;

  /** Those of a record of so many tokens. */
  public Perturbations(int tokens) {
    this(tokens, true);
  }

  /**
   * Those of a record.
   *
   * @param leavesOneOut whether each token is replaced alone: a run for each
   */
  public Perturbations(int tokens, boolean leavesOneOut) {
    this.tokens = tokens;
    this.leavesOneOut = leavesOneOut;
    numbers.put(new BitSet(), WHOLE);
  }

  /**
   * Numbers of the runs of the activation curve, point by point.
   *
   * @param relevance of each token
   */
  public int[] activation(double... relevance) {
    return numbers(Tenths.activation(relevance));
  }

  /**
   * Numbers of the runs of the pruning curves, point by point.
   *
   * @param relevance of each token
   */
  public int[] pruning(double... relevance) {
    return numbers(Tenths.pruning(relevance));
  }

  /** Numbers of the runs in which one token is replaced, token by token; none where none is. */
  public int[] eachAlone() {
    List<BitSet> single = new ArrayList<>();
    for (int token = 0; leavesOneOut && token < tokens; token++) {
      BitSet one = new BitSet();
      one.set(token);
      single.add(one);
    }
    return numbers(single);
  }

  private int[] numbers(List<BitSet> replaced) {
    asked += replaced.size();
    return replaced.stream()
        .mapToInt(tokensOfRun -> numbers.computeIfAbsent(tokensOfRun, key -> numbers.size()))
        .toArray();
  }

  /** All runs, by their numbers: shares of each token that are replaced, 0 or 1. */
  public List<float[]> runs() {
    return numbers.keySet().stream().map(this::shares).toList();
  }

  private float[] shares(BitSet replaced) {
    float[] shares = new float[tokens];
    replaced.stream().forEach(token -> shares[token] = 1);
    return shares;
  }

  /** How many runs there are. */
  public int size() {
    return numbers.size();
  }

  /** How many there would be if each was made for itself. */
  public long asked() {
    return asked;
  }
}
