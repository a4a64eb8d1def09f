package io.sparklrp.table;

import io.sparklrp.attribution.Attribution;
import io.sparklrp.attribution.ExplainedTarget;
import io.sparklrp.attribution.LedgerAmounts;
import io.sparklrp.attribution.NothingExplained;
import io.sparklrp.attribution.Prediction;
import io.sparklrp.attribution.RecordError;
import io.sparklrp.attribution.Result;
import io.sparklrp.attribution.TokenRelevance;
import io.sparklrp.attribution.WordRelevance;
import java.util.List;

/**
 * The columns that are added to a record, in their order: one row for each record and target. Their
 * names are these in lower case with underscores, and so are those of the structs below them.
 *
 * @param prediction what the model said
 * @param target what was explained
 * @param tokens relevance by token
 * @param words relevance by word
 * @param ledger where the whole score went
 * @param truncated whether text was cut
 * @param method the method's name
 * @param modelId content hash of the model
 * @param runId the run that wrote the row; the only one beside {@code error} where there is one
 * @param error why the record was not explained; null where it was
 */
public record OutputRow(
    Prediction prediction,
    ExplainedTarget target,
    List<TokenRelevance> tokens,
    List<WordRelevance> words,
    LedgerAmounts ledger,
    Boolean truncated,
    String method,
    String modelId,
    String runId,
    RecordError error) {
  /** Copies. */
  public OutputRow {
    tokens = tokens == null ? null : List.copyOf(tokens);
    words = words == null ? null : List.copyOf(words);
  }

  /** The row of what came out of a record. */
  public static OutputRow of(Result result, RowOrigin origin) {
    if (result instanceof Attribution found) {
      return of(found, origin);
    }
    return result instanceof NothingExplained nothing
        ? ofNothing(nothing.truncated(), origin)
        : of((RecordError) result, origin);
  }

  /** The row of a target that was explained. */
  public static OutputRow of(Attribution found, RowOrigin origin) {
    return new OutputRow(
        found.prediction(),
        found.target(),
        found.tokens(),
        found.words(),
        found.ledger(),
        found.truncated(),
        origin.method(),
        origin.modelId(),
        origin.runId(),
        null);
  }

  /** The row of a record in which there is nothing to explain. */
  public static OutputRow ofNothing(boolean truncated, RowOrigin origin) {
    return new OutputRow(
        null,
        null,
        null,
        null,
        null,
        truncated,
        origin.method(),
        origin.modelId(),
        origin.runId(),
        null);
  }

  /** The row of a record that was not explained. */
  public static OutputRow of(RecordError error, RowOrigin origin) {
    return new OutputRow(null, null, null, null, null, null, null, null, origin.runId(), error);
  }

  OutputRow withPrediction(Prediction other) {
    return new OutputRow(
        other, target, tokens, words, ledger, truncated, method, modelId, runId, error);
  }

  OutputRow withWords(List<WordRelevance> other) {
    return new OutputRow(
        prediction, target, tokens, other, ledger, truncated, method, modelId, runId, error);
  }

  OutputRow withLedger(LedgerAmounts other) {
    return new OutputRow(
        prediction, target, tokens, words, other, truncated, method, modelId, runId, error);
  }
}
