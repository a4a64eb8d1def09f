package io.sparklrp.runtime;

import java.io.Serializable;
import java.util.List;

/**
 * All that an executor needs to explain records: the compiled graph and the tokenizer, as bytes. It
 * is broadcast.
 *
 * <p>The graph's inputs are {@code input_ids}, {@code attention_mask} and {@code token_type_ids},
 * int64 [batch, sequence], and {@code seed}, float [batch, outputs], where {@link #isSeeded}. Its
 * outputs: see {@link RecordRelevance}.
 */
public final class ExplanationModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final byte[] graph;
  private final String graphFile;
  private final List<String> ledgerEntries;
  private final int outputs;
  private final boolean seeded;
  private final TokenizerSettings tokenizer;

  private ExplanationModel(
      String key,
      byte[] graph,
      String graphFile,
      List<String> ledgerEntries,
      int outputs,
      boolean seeded,
      TokenizerSettings tokenizer) {
    this.key = key;
    this.graph = graph;
    this.graphFile = graphFile;
    this.ledgerEntries = List.copyOf(ledgerEntries);
    this.outputs = outputs;
    this.seeded = seeded;
    this.tokenizer = tokenizer;
  }

  /**
   * A model whose graph is in memory.
   *
   * @param key identifies the graph and tokenizer: models of the same key share a session
   * @param graph an ONNX model
   * @param ledgerEntries names of the columns of the ledger
   * @param outputs number of logits
   * @param seeded whether the graph has the input {@code seed}
   */
  public static ExplanationModel ofBytes(
      String key,
      byte[] graph,
      List<String> ledgerEntries,
      int outputs,
      boolean seeded,
      TokenizerSettings tokenizer) {
    return new ExplanationModel(key, graph, null, ledgerEntries, outputs, seeded, tokenizer);
  }

  /**
   * A model too large for a broadcast, whose graph is a file that every executor finds at the same
   * path.
   *
   * @param graphFile path of an ONNX model, its weights beside it
   */
  public static ExplanationModel ofFile(
      String key,
      String graphFile,
      List<String> ledgerEntries,
      int outputs,
      boolean seeded,
      TokenizerSettings tokenizer) {
    return new ExplanationModel(key, null, graphFile, ledgerEntries, outputs, seeded, tokenizer);
  }

  /** Identifies graph and tokenizer. */
  public String key() {
    return key;
  }

  /** The graph's bytes; null where it is a file. */
  byte[] graph() {
    return graph;
  }

  /** The graph's file; null where it is in memory. */
  String graphFile() {
    return graphFile;
  }

  /** Bytes of the graph in memory; 0 where it is a file. */
  public long graphBytes() {
    return graph == null ? 0 : graph.length;
  }

  /** Names of the ledger's columns. */
  public List<String> ledgerEntries() {
    return ledgerEntries;
  }

  /** Number of logits. */
  public int outputs() {
    return outputs;
  }

  /** Whether a seed has to be given with each record. */
  public boolean isSeeded() {
    return seeded;
  }

  /** How texts become tokens. */
  public TokenizerSettings tokenizer() {
    return tokenizer;
  }
}
