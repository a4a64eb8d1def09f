package io.sparklrp.engine;

import io.sparklrp.record.RecordRelevance;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * All that an executor needs to explain records: the compiled graph and the tokenizer. It is
 * broadcast.
 *
 * <p>The graph's inputs are some of {@code input_ids}, {@code attention_mask} and {@code
 * token_type_ids}, int64 [batch, sequence]; {@code pixel_values}, float [batch, channels, rows,
 * columns]; {@code positions}, int64 [batch, rows]; {@code seed}, float [batch, outputs]; {@code
 * target_index} and {@code target_weight}, [batch, parts], or [targets, batch, parts]; {@code
 * given_index} of the same shape, where targets are given to some records. Its outputs: see {@link
 * RecordRelevance}.
 *
 * @param key identifies the graph and tokenizer: models of the same key share a session
 * @param graph the graph
 * @param ledgerEntries names of the ledger's columns
 * @param outputs number of outputs of a row
 * @param inputs names of the graph's inputs
 * @param isByToken whether the outputs have a row for each token of the record
 * @param hasSeveralTargets whether a record can have several targets
 * @param recordBytes what the engine holds of a record of the largest length, beside the weights
 * @param paddingId id of the token that fills records up
 * @param batching which records may share a batch, as far as the graph tells
 * @param tokenizer how texts become tokens; null for models of images
 */
public record ExplanationModel(
    String key,
    CompiledGraph graph,
    List<String> ledgerEntries,
    int outputs,
    List<String> inputs,
    boolean isByToken,
    boolean hasSeveralTargets,
    long recordBytes,
    long paddingId,
    Batching batching,
    TokenizerSettings tokenizer)
    implements Serializable {
  /** Copies. */
  public ExplanationModel {
    ledgerEntries = List.copyOf(ledgerEntries);
    inputs = List.copyOf(inputs);
  }

  /** Whether the weights of all outputs have to be given with each record. */
  public boolean isSeeded() {
    return inputs.contains("seed");
  }

  /** Whether each record says which rows of outputs it reads. */
  public boolean selectsRows() {
    return inputs.contains("positions");
  }

  /** Whether each record says what its targets are. */
  public boolean hasGivenTargets() {
    return inputs.contains("target_index");
  }

  /** The same model after its graph's files, if it has any, were copied into a directory. */
  public ExplanationModel in(Path directory) {
    return new ExplanationModel(
        key,
        graph.in(directory),
        ledgerEntries,
        outputs,
        inputs,
        isByToken,
        hasSeveralTargets,
        recordBytes,
        paddingId,
        batching,
        tokenizer);
  }
}
