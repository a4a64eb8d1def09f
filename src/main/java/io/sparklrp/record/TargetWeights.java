package io.sparklrp.record;

/**
 * One target of a record: the weights of some of its outputs in the score.
 *
 * @param index outputs of the record, counted one after the other
 * @param weight of each
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to the engine
public record TargetWeights(long[] index, float[] weight) {
  /** Stands for an output that the model chooses, where it can be given instead. */
  public static final TargetWeights CHOSEN = of(-1);

  /** One output. */
  public static TargetWeights of(long output) {
    return new TargetWeights(new long[] {output}, new float[] {1f});
  }

  /** Why one output rather than another. */
  public static TargetWeights contrast(long output, long against) {
    return new TargetWeights(new long[] {output, against}, new float[] {1f, -1f});
  }

  /** The sum of several outputs. */
  public static TargetWeights sum(long... outputs) {
    float[] ones = new float[outputs.length];
    java.util.Arrays.fill(ones, 1f);
    return new TargetWeights(outputs.clone(), ones);
  }

  /** The same of outputs that are counted from behind others on. */
  public TargetWeights behind(long outputs) {
    return new TargetWeights(
        java.util.Arrays.stream(index).map(output -> output + outputs).toArray(), weight.clone());
  }

  /** Whether it has the same weights of the same outputs. */
  public boolean isSame(TargetWeights other) {
    return java.util.Arrays.equals(index, other.index)
        && java.util.Arrays.equals(weight, other.weight);
  }

  /** Number of outputs. */
  public int parts() {
    return index.length;
  }

  /** Whether it is nothing: all weights are 0. */
  public boolean isNothing() {
    for (float part : weight) {
      if (part != 0) {
        return false;
      }
    }
    return true;
  }
}
