package io.sparklrp.spark.settings;

import java.util.List;

/**
 * One run of {@code aggregate}.
 *
 * @param input an output of {@code explain}
 * @param output the directory of tables
 * @param isOverwritten whether one that is there may be
 * @param by the records' own columns to tell apart; empty for none
 * @param against another output to compare with; null for none
 * @param least records that a word must stand in, to be compared
 * @param lexicon a CSV of terms that are asked about; null for none
 * @param frames how texts are told that differ in one term; null where there are none
 * @param findsShortcuts whether records are clustered by what decides them
 */
public record AggregateSettings(
    InputSettings input,
    String output,
    boolean isOverwritten,
    List<String> by,
    InputSettings against,
    long least,
    String lexicon,
    Frames frames,
    boolean findsShortcuts) {
  /** Records that a word must stand in, unless another number is given. */
  public static final long LEAST = 5;

  /**
   * Texts that differ in one term.
   *
   * @param frameColumn the column that is the same in texts that are compared
   * @param termColumn the column of their terms
   */
  public record Frames(String frameColumn, String termColumn) {}

  /** Copies. */
  public AggregateSettings {
    by = List.copyOf(by);
  }

  /** Settings, to be said more of. */
  public static Builder builder(InputSettings input, String output) {
    return new Builder(input, output);
  }

  /** Collects settings. */
  public static final class Builder {
    private final InputSettings input;
    private final String output;
    private boolean isOverwritten;
    private List<String> by = List.of();
    private InputSettings against;
    private long least = LEAST;
    private String lexicon;
    private Frames frames;
    private boolean findsShortcuts;

    private Builder(InputSettings input, String output) {
      this.input = input;
      this.output = output;
    }

    /** Whether a directory that is there may be overwritten. */
    public Builder overwritten(boolean is) {
      this.isOverwritten = is;
      return this;
    }

    /** The records' own columns to tell apart. */
    public Builder by(List<String> columns) {
      this.by = columns;
      return this;
    }

    /** Another output to compare with; null for none. */
    public Builder against(InputSettings other) {
      this.against = other;
      return this;
    }

    /** Records that a word must stand in, to be compared. */
    public Builder least(long records) {
      this.least = records;
      return this;
    }

    /** A CSV of terms that are asked about; null for none. */
    public Builder lexicon(String csv) {
      this.lexicon = csv;
      return this;
    }

    /** How texts are told that differ in one term; null where there are none. */
    public Builder frames(Frames columns) {
      this.frames = columns;
      return this;
    }

    /** Whether records are clustered by what decides them. */
    public Builder findsShortcuts(boolean does) {
      this.findsShortcuts = does;
      return this;
    }

    /** The settings. */
    public AggregateSettings build() {
      return new AggregateSettings(
          input, output, isOverwritten, by, against, least, lexicon, frames, findsShortcuts);
    }
  }
}
