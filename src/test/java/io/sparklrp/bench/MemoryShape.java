package io.sparklrp.bench;

import io.sparklrp.oracle.SyntheticBert;
import io.sparklrp.oracle.SyntheticLlama;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A model whose memory is measured. */
enum MemoryShape {
  /** The one that is shipped. */
  DEMO(160),
  /** Six layers, 23 million parameters. */
  MINILM(120),
  /** Twelve layers, 109 million parameters. */
  BASE(48),
  /** Twelve layers with grouped heads, explained for the next token. */
  DECODER(96);

  private static final SyntheticLlama LLAMA =
      new SyntheticLlama(10_000, 512, 512, 1376, 12, 8, 2, 0.04, 20230227);

  private final int records;

  MemoryShape(int records) {
    this.records = records;
  }

  /** How many records are explained: so many that it takes half a minute. */
  int records() {
    return records;
  }

  /** A checkpoint of it; null for the one that is shipped. */
  TemporaryCheckpoint checkpoint() throws IOException {
    return switch (this) {
      case DEMO -> null;
      case MINILM -> TemporaryCheckpoint.of(SyntheticBert.minilm()::write);
      case BASE -> TemporaryCheckpoint.of(SyntheticBert.base()::write);
      case DECODER -> TemporaryCheckpoint.of(LLAMA::write);
    };
  }

  /** The options that name it. */
  List<String> options(TemporaryCheckpoint checkpoint) {
    String model = checkpoint == null ? "demo" : checkpoint.directory().toString();
    return this == DECODER
        ? List.of("--model", model, "--target", "next")
        : List.of("--model", model);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
