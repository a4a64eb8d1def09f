package io.sparklrp.graph.flow;

import java.util.Optional;

/**
 * What a value depends on, beside constants and its own place. The optional ones name the node
 * where the dependence begins.
 *
 * @param content whether it depends on the tokens
 * @param mask whether it depends on which tokens are padding
 * @param width the number of tokens of the batch is read as a number
 * @param lengths something of other records is read that depends only on their lengths
 * @param records other records, or their number, are read
 */
record Influence(
    boolean content,
    boolean mask,
    Optional<String> width,
    Optional<String> lengths,
    Optional<String> records) {
  static final Influence NONE =
      new Influence(false, false, Optional.empty(), Optional.empty(), Optional.empty());
  static final Influence CONTENT =
      new Influence(true, false, Optional.empty(), Optional.empty(), Optional.empty());
  static final Influence MASK =
      new Influence(false, true, Optional.empty(), Optional.empty(), Optional.empty());

  Influence and(Influence other) {
    return new Influence(
        content || other.content,
        mask || other.mask,
        width.or(() -> other.width),
        lengths.or(() -> other.lengths),
        records.or(() -> other.records));
  }

  Influence ofWidth(String node) {
    return new Influence(content, mask, width.or(() -> Optional.of(node)), lengths, records);
  }

  Influence ofRecords(String node) {
    return new Influence(content, mask, width, lengths, records.or(() -> Optional.of(node)));
  }

  /** Several records are brought together: what of them is read depends on what is read here. */
  Influence mixed(String node) {
    return content
        ? ofRecords(node)
        : new Influence(false, mask, width, lengths.or(() -> Optional.of(node)), records);
  }

  /** Whether it is a matter of places and sizes alone. */
  boolean isOfPlaces() {
    return !content && !mask;
  }
}
