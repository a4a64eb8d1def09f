package io.sparklrp.evaluation;

/** What a method is judged by. */
public enum Measure {
  /** Area under the activation curve: higher is better. */
  AUAC("auac"),
  /** Area under the squared differences of pruning: lower is better. */
  AU_MSE("au_mse"),
  /** Area under the probabilities of pruning: higher is better. */
  AUPC("aupc"),
  /**
   * How well the sum of relevance tells the score, less what the ledger books to constants: 1 where
   * one is a line of the other.
   */
  CONSERVATION_R2("conservation_r2"),
  /** The line's slope: 1 where nothing leaks. */
  CONSERVATION_SLOPE("conservation_slope"),
  /** Rank correlation with what the score loses without each token: higher is better. */
  LEAVE_ONE_OUT("leave_one_out"),
  /** Average precision of the words that people marked: higher is better. */
  PLAUSIBILITY_AP("plausibility_ap"),
  /** F1 of as many words as people marked: higher is better. */
  PLAUSIBILITY_F1("plausibility_f1");

  private final String id;

  Measure(String id) {
    this.id = id;
  }

  /** The name in tables. */
  public String id() {
    return id;
  }

  /** Its value on the records of some sums; not a number where there is none. */
  double of(Sums sums) {
    return switch (this) {
      case AUAC -> sums.mean(Sums.AUAC);
      case AU_MSE -> sums.mean(Sums.AU_MSE);
      case AUPC -> sums.mean(Sums.AUPC);
      case CONSERVATION_R2 -> sums.determination();
      case CONSERVATION_SLOPE -> sums.slope();
      case LEAVE_ONE_OUT -> sums.mean(Sums.LEAVE_ONE_OUT);
      case PLAUSIBILITY_AP -> sums.mean(Sums.PLAUSIBILITY_AP);
      case PLAUSIBILITY_F1 -> sums.mean(Sums.PLAUSIBILITY_F1);
    };
  }
}
