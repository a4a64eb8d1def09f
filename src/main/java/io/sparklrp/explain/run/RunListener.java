package io.sparklrp.explain.run;

/** Is told how far a run is. */
public interface RunListener {
  /** Tells nobody. */
  RunListener NONE = new RunListener() {};

  /**
   * Records of those that were encoded are run more than once, which is going to take so much more.
   *
   * @param tokens of all further runs
   */
  default void repeats(long tokens) {}

  /**
   * A batch was run.
   *
   * @param tokens of its records
   * @param padded tokens that filled them up
   * @param millis how long it took
   */
  default void ran(long tokens, long padded, long millis) {}

  /**
   * Records were encoded, which are going to be run.
   *
   * @param tokens of all of them
   * @param millis how long it took
   */
  default void encoded(long records, long tokens, long millis) {}

  /** Records turned out to be errors. */
  default void failed(long records) {}
}
