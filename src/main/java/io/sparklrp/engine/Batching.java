package io.sparklrp.engine;

import io.sparklrp.error.RecordException;
import io.sparklrp.record.EncodedRecord;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which records may share a batch, and what shape a batch must have, so that each record's result
 * is that of the record alone.
 *
 * @param sharing which records may share a batch
 * @param length tokens of every batch, where the graph fixes them; {@link #FREE} otherwise
 * @param records records of every batch, where the graph fixes them; {@link #FREE} otherwise
 * @param isMasked whether the graph is told which tokens are padding
 * @param reasons why records do not share batches freely, a clause each
 */
public record Batching(
    Sharing sharing, int length, int records, boolean isMasked, List<String> reasons)
    implements Serializable {
  /** Not fixed. */
  public static final int FREE = 0;

  /** Any records, padded to the longest one. */
  public static final Batching PADDED = new Batching(Sharing.PADDED, FREE, FREE, true, List.of());

  private static final long serialVersionUID = 1L;

  /** Which records may share a batch, from the freest to the strictest. */
  public enum Sharing {
    /** Any: shorter ones are padded. */
    PADDED,
    /** Those of one length: none is padded. */
    ONE_LENGTH,
    /** None. */
    ONE_RECORD
  }

  /** Copies. */
  public Batching {
    reasons = List.copyOf(reasons);
  }

  /** The same where the graph fixes sizes of a batch. */
  public Batching fixed(int tokens, int rows, boolean hasMask) {
    return new Batching(sharing, tokens, rows, hasMask, reasons);
  }

  /** The same where more is known of which records may share a batch. */
  public Batching with(Sharing found, List<String> why) {
    return new Batching(found, length, records, isMasked, why);
  }

  /**
   * The same, or stricter.
   *
   * @param wanted the least strictness
   * @param reason why, a clause
   */
  public Batching atLeast(Sharing wanted, String reason) {
    if (wanted.compareTo(sharing) <= 0) {
      return this;
    }
    List<String> all = new ArrayList<>(reasons);
    all.add(reason);
    return with(wanted, all);
  }

  /** What a user should know of it, a sentence; empty where records share batches freely. */
  public Optional<String> note() {
    return sharing == Sharing.PADDED
        ? Optional.empty()
        : Optional.of(
            String.format(
                "Records are run %s: %s.",
                sharing == Sharing.ONE_LENGTH ? "in batches of one length" : "one at a time",
                String.join("; ", reasons)));
  }

  /**
   * Groups of indices of records that are run together.
   *
   * @param lengths tokens of each record
   * @param tokenBudget most tokens of a group, padding included
   */
  public List<List<Integer>> plan(int[] lengths, int tokenBudget) {
    int[] widths = lengths.clone();
    if (length != FREE) {
      Arrays.fill(widths, length);
    }
    int most = records == FREE ? Integer.MAX_VALUE : records;
    return Batches.plan(
        widths,
        tokenBudget,
        sharing == Sharing.ONE_RECORD ? 1 : most,
        sharing == Sharing.ONE_LENGTH);
  }

  /** Tokens that every record of a batch is padded to. */
  public int width(TokenBatch batch) {
    return length == FREE ? batch.width() : length;
  }

  /** Why the graph cannot be given a record at all; empty where it can. */
  public Optional<RecordException> unfit(EncodedRecord text) {
    boolean fits = length == FREE || (isMasked ? text.length() <= length : text.length() == length);
    return fits
        ? Optional.empty()
        : Optional.of(
            new RecordException(
                "length",
                String.format(
                    "The model takes %s%d tokens%s, and the record has %d.",
                    isMasked ? "at most " : "exactly ",
                    length,
                    isMasked ? "" : " (it has no input attention_mask, so none can be padded)",
                    text.length())));
  }
}
