package io.sparklrp.explain;

import io.sparklrp.error.RecordException;
import io.sparklrp.record.EncodedText;
import java.io.Serializable;

/**
 * The table in which a model looks up token types: what a tokenizer gives may be beyond it, and the
 * engine would fail for a whole batch then.
 *
 * @param rows number of its rows; {@link Long#MAX_VALUE} where none are looked up
 */
public record TypeTable(long rows) implements Serializable {

  /**
   * Checks the token types of a text.
   *
   * @throws RecordException if one is beyond the table
   */
  void check(EncodedText text) throws RecordException {
    for (int i = 0; i < text.length(); i++) {
      if (text.typeId(i) < 0 || text.typeId(i) >= rows) {
        throw new RecordException(
            "token-type",
            String.format(
                "Token type %d is beyond the %d rows that the model has for token types.",
                text.typeId(i), rows));
      }
    }
  }
}
