package io.sparklrp.runtime;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * All that an executor needs to explain records: the compiled graph and the tokenizer. It is
 * broadcast.
 *
 * <p>The graph's inputs are {@code input_ids}, {@code attention_mask} and {@code token_type_ids},
 * int64 [batch, sequence], and {@code seed}, float [batch, outputs], where it is seeded. Its
 * outputs: see {@link RecordRelevance}.
 *
 * @param key identifies the graph and tokenizer: models of the same key share a session
 * @param graph the graph
 * @param ledgerEntries names of the ledger's columns
 * @param outputs number of logits
 * @param isSeeded whether a seed has to be given with each record
 * @param tokenizer how texts become tokens
 */
public record ExplanationModel(
    String key,
    CompiledGraph graph,
    List<String> ledgerEntries,
    int outputs,
    boolean isSeeded,
    TokenizerSettings tokenizer)
    implements Serializable {
  /** Copies. */
  public ExplanationModel {
    ledgerEntries = List.copyOf(ledgerEntries);
  }

  /** The same model after its graph's files, if it has any, were copied into a directory. */
  public ExplanationModel in(Path directory) {
    return new ExplanationModel(
        key, graph.in(directory), ledgerEntries, outputs, isSeeded, tokenizer);
  }
}
