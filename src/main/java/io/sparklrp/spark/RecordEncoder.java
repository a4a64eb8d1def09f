package io.sparklrp.spark;

import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.error.RecordException;

/** Turns a record into what the engine reads, and says what is asked of it. */
interface RecordEncoder {
  /** Encodes a record that has no error yet. */
  void encode(InputRecord record) throws RecordException;

  /** The encoder of a model. */
  static RecordEncoder of(BroadcastModel model, TextTokenizer tokenizer) {
    return model.readsImages()
        ? new PictureEncoder(model.images(), model.resolver())
        : new TextEncoder(model, tokenizer);
  }
}
