package io.sparklrp.spark;

import io.sparklrp.assembly.Target;
import io.sparklrp.error.RecordException;
import io.sparklrp.runtime.EncodedText;
import io.sparklrp.runtime.TextTokenizer;

/** Tokenises a record's texts. */
final class TextEncoder implements RecordEncoder {
  private final BroadcastModel model;
  private final TextTokenizer tokenizer;

  TextEncoder(BroadcastModel model, TextTokenizer tokenizer) {
    this.model = model;
    this.tokenizer = tokenizer;
  }

  @Override
  public void encode(InputRecord record) throws RecordException {
    String before = record.text();
    if (model.target() instanceof Target.Completion) {
      record.setTexts(before + record.label(), record.pair());
    }
    EncodedText text = tokenizer.encode(record.text(), model.compares() ? null : record.pair());
    record.setEncoded(text);
    record.setAsked(
        model.resolver().resolve(text, own(record), before.codePointCount(0, before.length())));
  }

  /** The output that the record's own label names. */
  private int own(InputRecord record) throws RecordException {
    return model.readsWords() && model.target() instanceof Target.Column
        ? tokenizer.idOfOne(record.label())
        : record.target();
  }
}
