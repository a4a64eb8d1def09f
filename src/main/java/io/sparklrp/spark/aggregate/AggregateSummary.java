package io.sparklrp.spark.aggregate;

import java.util.List;
import java.util.Optional;

/**
 * What came of a run of {@code aggregate}.
 *
 * @param output the directory
 * @param tables their names
 * @param notes what users should know of it
 * @param rows explained rows that they are made of
 * @param least records in which a word or a term stands that is told
 * @param words of each target, those that have most and least
 * @param slices values of the records' own columns, those with most records; empty where none were
 *     asked about
 * @param terms of a lexicon that have most, whatever their sign; empty where none was asked about
 * @param shortcuts words that look like one; empty where none were looked for
 */
public record AggregateSummary(
    String output,
    List<String> tables,
    List<String> notes,
    long rows,
    long least,
    List<OfTarget> words,
    List<Slice> slices,
    List<Term> terms,
    Optional<Shortcuts> shortcuts) {
  /** Copies. */
  public AggregateSummary {
    tables = List.copyOf(tables);
    notes = List.copyOf(notes);
    words = List.copyOf(words);
    slices = List.copyOf(slices);
    terms = List.copyOf(terms);
  }

  /**
   * Words of a target.
   *
   * @param forIt with most relevance in sum, the largest first
   * @param againstIt with least, the least first
   */
  public record OfTarget(String target, List<Word> forIt, List<Word> againstIt) {
    /** Copies. */
    public OfTarget {
      forIt = List.copyOf(forIt);
      againstIt = List.copyOf(againstIt);
    }
  }

  /**
   * A word.
   *
   * @param mean of its relevance
   * @param records in which it stands
   */
  public record Word(String word, double mean, long records) {}

  /**
   * Values of the records' own columns, and a target.
   *
   * @param values each with its column's name before it
   * @param records that have them and were explained for the target
   * @param score the mean of the target's
   * @param predicted the part of these records of which the model says the target; empty where it
   *     says no label
   */
  public record Slice(
      List<String> values, String target, long records, double score, Optional<Double> predicted) {
    /** Copies. */
    public Slice {
      values = List.copyOf(values);
    }
  }

  /**
   * A term of a lexicon.
   *
   * @param low of the mean's interval
   * @param high of it
   * @param place the part of the words as common that have less; empty where there are none
   */
  public record Term(String target, Word term, Double low, Double high, Optional<Double> place) {}

  /**
   * Words that decide records.
   *
   * @param found that look like shortcuts, the most suspicious first
   * @param nearest the one that looks most like one of the others, if there is any
   */
  public record Shortcuts(List<Shortcut> found, Optional<Shortcut> nearest) {
    /** Copies. */
    public Shortcuts {
      found = List.copyOf(found);
    }
  }

  /**
   * A word that decides records.
   *
   * @param target its usual answer
   * @param size how many records it decides
   * @param score the share of its records in which it does what it usually does, at least
   */
  public record Shortcut(String word, String target, long size, double score) {}
}
