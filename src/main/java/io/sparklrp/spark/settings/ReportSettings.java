package io.sparklrp.spark.settings;

/**
 * One run of {@code report}.
 *
 * @param input an output of {@code explain}
 * @param aggregates the directory of its tables; null where they are still to be made
 * @param output the file that is written
 * @param isOverwritten whether one that is there may be
 * @param labelColumn the column of what each record should be said to be; null for none
 * @param cards records of each kind that are shown
 */
public record ReportSettings(
    InputSettings input,
    String aggregates,
    String output,
    boolean isOverwritten,
    String labelColumn,
    int cards) {
  /** Records of each kind, unless another number is given. */
  public static final int CARDS = 5;
}
