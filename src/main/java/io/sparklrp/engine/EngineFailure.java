package io.sparklrp.engine;

import io.sparklrp.error.JobFailedException;
import io.sparklrp.error.RecordException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The engine failed at a batch. Its own words may hold what a record holds (a token's id, say), so
 * that messages name only the place, or that memory was short.
 */
public final class EngineFailure extends JobFailedException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_WORDS = 400;
  private static final Pattern PLACE =
      Pattern.compile("running (\\w{1,60}) node\\. Name:'([^'\\p{Cntrl}]{1,200})'");

  private final int tokens;
  private final boolean isMemory;
  private final String place;

  private EngineFailure(String message, Throwable cause, int tokens, boolean isMemory, String at) {
    super(message, cause);
    this.tokens = tokens;
    this.isMemory = isMemory;
    this.place = at;
  }

  /** What the engine threw at a batch. */
  public static EngineFailure of(int records, int tokens, Throwable thrown) {
    String words = words(thrown);
    boolean isMemory = isMemory(words);
    Matcher found = PLACE.matcher(words);
    String place =
        found.find()
            ? String.format("at node %s (%s)", found.group(2), found.group(1))
            : "with " + root(thrown).getClass().getSimpleName();
    String message =
        String.format(
            "Cannot run a batch of %d records of up to %d tokens: the engine %s. %s.",
            records,
            tokens,
            isMemory ? "has not enough memory" : "fails " + place,
            isMemory ? "Lower --batch-tokens, or --max-length" : "Report it with the model's name");
    return new EngineFailure(message, thrown, tokens, isMemory, place);
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String words(Throwable thrown) {
    return String.valueOf(root(thrown).getMessage());
  }

  private static boolean isMemory(String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    return Stream.of("failed to allocate memory", "bad_alloc", "bad allocation", "out of memory")
        .anyMatch(lower::contains);
  }

  /** Whether the engine had too little memory. */
  public boolean isMemory() {
    return isMemory;
  }

  /**
   * The first line of the engine's own words. They may hold what the records hold: only for records
   * that are ours.
   */
  public String words() {
    String line = words(getCause()).lines().findFirst().orElse("");
    return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + "...";
  }

  /** The same as the error of the only record. */
  public RecordException ofRecord() {
    return new RecordException(
        "engine",
        isMemory
            ? String.format(
                "The engine has not enough memory for the record's %d tokens. Lower --max-length, or give"
                    + " executors more spark.executor.memoryOverhead.",
                tokens)
            : String.format("The engine fails at the record %s.", place));
  }
}
