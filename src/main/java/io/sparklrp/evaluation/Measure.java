package io.sparklrp.evaluation;

import java.util.function.ToDoubleFunction;

/** What a method is judged by. */
public enum Measure {
  /** Area under the activation curve: higher is better. */
  AUAC("auac", sums -> sums.mean(Sums.AUAC)),
  /** Area under the squared differences of pruning: lower is better. */
  AU_MSE("au_mse", sums -> sums.mean(Sums.AU_MSE)),
  /** Area under the probabilities of pruning: higher is better. */
  AUPC("aupc", sums -> sums.mean(Sums.AUPC)),
  /**
   * How well the sum of relevance tells the score, less what the ledger books to constants: 1 where
   * one is a line of the other.
   */
  CONSERVATION_R2("conservation_r2", Sums::determination),
  /** The line's slope: 1 where nothing leaks. */
  CONSERVATION_SLOPE("conservation_slope", Sums::slope),
  /** Rank correlation with what the score loses without each token: higher is better. */
  LEAVE_ONE_OUT("leave_one_out", sums -> sums.mean(Sums.LEAVE_ONE_OUT)),
  /** Average precision of the words that people marked: higher is better. */
  PLAUSIBILITY_AP("plausibility_ap", sums -> sums.mean(Sums.PLAUSIBILITY_AP)),
  /** F1 of as many words as people marked: higher is better. */
  PLAUSIBILITY_F1("plausibility_f1", sums -> sums.mean(Sums.PLAUSIBILITY_F1));

  private final String id;
  private final ToDoubleFunction<Sums> value;

  Measure(String id, ToDoubleFunction<Sums> value) {
    this.id = id;
    this.value = value;
  }

  /** The name in tables. */
  public String id() {
    return id;
  }

  /** Its value on the records of some sums; not a number where there is none. */
  double of(Sums sums) {
    return value.applyAsDouble(sums);
  }
}
