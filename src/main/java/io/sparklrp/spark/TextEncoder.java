package io.sparklrp.spark;

import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.error.RecordException;
import io.sparklrp.explain.window.Document;
import io.sparklrp.explain.window.EncodedWindows;
import io.sparklrp.model.Target;
import io.sparklrp.model.TokenId;
import io.sparklrp.record.EncodedText;
import java.util.OptionalInt;

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
    EncodedWindows windows = windows(record);
    EncodedText text = windows == null ? text(record) : windows.document();
    record.setEncoded(text);
    record.setAsked(
        model.resolver().resolve(text, own(record), before.codePointCount(0, before.length())));
    if (windows != null) {
      record.setDocument(new Document(windows, record.asked()));
    }
  }

  private EncodedText text(InputRecord record) throws RecordException {
    return tokenizer.encode(record.text(), model.compares() ? null : record.pair());
  }

  /** The record's windows; null where texts are not read so. */
  private EncodedWindows windows(InputRecord record) throws RecordException {
    return model.readsWindows() ? EncodedWindows.of(tokenizer, record.text(), record.pair()) : null;
  }

  /** The output that the record's own label names. */
  private int own(InputRecord record) throws RecordException {
    if (!model.readsWords() || !(model.target() instanceof Target.Column)) {
      return record.target();
    }
    OptionalInt id = TokenId.of(record.label());
    return id.isPresent() ? id.getAsInt() : tokenizer.idOfOne(record.label());
  }
}
