package io.sparklrp.report;

import io.sparklrp.attribution.HarmlessText;
import java.util.List;
import java.util.Optional;

/**
 * One record.
 *
 * @param reason why it is shown
 * @param name what it is called
 * @param said what the model said, and what was explained
 * @param texts its texts, each in pieces
 * @param summary the words that weigh most, for those who see no shades, and others to know of
 * @param ledger where the score went: a waterfall, the score its last row; empty where the record
 *     was not explained
 * @param picture the record's, with relevance over it; empty for texts, and where it is not there
 * @param grid relevance of a picture's patches; empty for texts
 */
public record Card(
    String reason,
    String name,
    String said,
    List<List<Piece>> texts,
    List<Named> summary,
    List<Step> ledger,
    Optional<Picture> picture,
    List<List<Piece>> grid) {
  /** Copies. */
  public Card {
    reason = HarmlessText.line(reason);
    name = HarmlessText.line(name);
    said = HarmlessText.line(said);
    summary = List.copyOf(summary);
    texts = texts.stream().map(List::copyOf).toList();
    ledger = List.copyOf(ledger);
    grid = grid.stream().map(List::copyOf).toList();
  }

  /** One that has nothing but words to tell. */
  public static Card plain(String reason, String name, String said) {
    return new Card(
        reason, name, said, List.of(), List.of(), List.of(), Optional.empty(), List.of());
  }

  /**
   * Words of the record.
   *
   * @param heading what is said of them
   * @param words each is set by itself, since a sentence may be of one direction and they of
   *     another
   */
  public record Named(String heading, List<Mention> words) {
    /** Copies; what is written is only read. */
    public Named {
      heading = HarmlessText.line(heading);
      words = List.copyOf(words);
    }
  }

  /**
   * A part of the ledger.
   *
   * @param name of it
   * @param amount as it is written
   * @param bars where 0 is, and from what there was before it to what there is with it
   */
  public record Step(String name, String amount, List<Bar> bars) {
    /** What is written is only read. */
    public Step {
      bars = List.copyOf(bars);
      name = HarmlessText.line(name);
      amount = HarmlessText.line(amount);
    }
  }
}
