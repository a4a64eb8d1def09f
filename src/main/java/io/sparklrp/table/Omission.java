package io.sparklrp.table;

import io.sparklrp.attribution.LedgerAmounts;
import io.sparklrp.attribution.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Parts of the output that can be left out; they are null then. */
public enum Omission {
  /** {@code prediction.logits}, and {@code prediction.top}. */
  LOGITS {
    @Override
    public OutputRow from(OutputRow row) {
      Prediction said = row.prediction();
      return said == null ? row : row.withPrediction(said.withoutOutputs());
    }
  },
  /** {@code words}. */
  WORDS {
    @Override
    public OutputRow from(OutputRow row) {
      return row.withWords(null);
    }
  },
  /** {@code ledger.bias_by_layer}. */
  BIAS_BY_LAYER {
    @Override
    public OutputRow from(OutputRow row) {
      LedgerAmounts ledger = row.ledger();
      return ledger == null ? row : row.withLedger(ledger.withoutLayers());
    }
  };

  /** A row without it. */
  public abstract OutputRow from(OutputRow row);

  /** The name that users write. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The part of a name. */
  public static Optional<Omission> of(String id) {
    return Arrays.stream(values()).filter(part -> part.id().equals(id)).findFirst();
  }

  /** All names. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(Omission::id).toList();
  }
}
