package io.sparklrp.explain.input;

import io.sparklrp.error.RecordException;
import io.sparklrp.explain.InputRecord;
import io.sparklrp.model.Target;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordTargets;

/**
 * The texts of a record as the model reads them, and what is asked of them: what a record says of
 * its own target may be a part of both.
 *
 * @param text the first, a completion behind it
 * @param pair the second; null for none
 * @param own the output that the record names
 * @param before code points before a completion
 */
record AskedTexts(String text, String pair, int own, int before) {

  /**
   * Those of a record.
   *
   * @throws RecordException if it names an output that there is not
   */
  static AskedTexts of(InputRecord record, StageContext context, OwnOutputs outputs)
      throws RecordException {
    String first = first(record);
    boolean isCompleted = context.target() instanceof Target.Completion;
    return new AskedTexts(
        isCompleted ? first + record.own().text() : first,
        record instanceof InputRecord.Pair pair ? pair.second() : null,
        outputs.of(record.own()),
        first.codePointCount(0, first.length()));
  }

  private static String first(InputRecord record) {
    if (record instanceof InputRecord.Text one) {
      return one.text();
    }
    if (record instanceof InputRecord.Pair pair) {
      return pair.text();
    }
    throw new IllegalArgumentException("The model reads texts, and the record has none.");
  }

  /**
   * What is asked.
   *
   * @throws RecordException if the tokens have no such target
   */
  RecordTargets asked(EncodedText encoded, StageContext context) throws RecordException {
    return context.resolver().resolve(encoded, own, before);
  }
}
