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
 * @param summary the words that weigh most, for those who see no shades; empty for none
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
    String summary,
    List<Step> ledger,
    Optional<Picture> picture,
    List<List<Piece>> grid) {
  /** Copies. */
  public Card {
    reason = HarmlessText.line(reason);
    name = HarmlessText.line(name);
    said = HarmlessText.line(said);
    summary = HarmlessText.line(summary);
    texts = texts.stream().map(List::copyOf).toList();
    ledger = List.copyOf(ledger);
    grid = grid.stream().map(List::copyOf).toList();
  }

  /** One that has nothing but words to tell. */
  public static Card plain(String reason, String name, String said) {
    return new Card(reason, name, said, List.of(), "", List.of(), Optional.empty(), List.of());
  }

  /**
   * A part of the ledger.
   *
   * @param name of it
   * @param amount as it is written
   * @param bar from what there was before it to what there is with it
   */
  public record Step(String name, String amount, Bar bar) {
    /** What is written is only read. */
    public Step {
      name = HarmlessText.line(name);
      amount = HarmlessText.line(amount);
    }
  }
}
