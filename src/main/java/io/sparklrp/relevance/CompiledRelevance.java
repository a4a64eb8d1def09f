package io.sparklrp.relevance;

import io.sparklrp.graph.Graph;
import java.util.List;

/**
 * A forward pass with its relevance pass.
 *
 * <p>Outputs of the graph: {@code logits} [batch, classes]; {@code predicted}, int64 [batch];
 * {@code score} [batch], the seed times the logits; {@code relevance} [batch, sequence]; {@code
 * ledger} [batch, entries]; where the ledger books by token, {@code token_bias} [batch, sequence].
 *
 * @param graph the graph
 * @param ledgerEntries names of the columns of {@code ledger}
 */
public record CompiledRelevance(Graph graph, List<String> ledgerEntries) {
  /** Name of the output of all logits. */
  public static final String LOGITS = "logits";

  /** Name of the output of the index of the highest logit. */
  public static final String PREDICTED = "predicted";

  /** Name of the output of the explained score. */
  public static final String SCORE = "score";

  /** Name of the output of relevance by token. */
  public static final String RELEVANCE = "relevance";

  /** Name of the output of what additive constants add in each token's row. */
  public static final String TOKEN_BIAS = "token_bias";

  /** Name of the output of the ledger. */
  public static final String LEDGER = "ledger";

  /** Name of the input, or output, that tells which outputs a target is made of. */
  public static final String TARGET_INDEX = "target_index";

  /** Name of the input, or output, that tells their weights. */
  public static final String TARGET_WEIGHT = "target_weight";

  /** Name of the input of seeds, where {@link TargetSource#SEED} is compiled. */
  public static final String SEED = "seed";

  /** Copies. */
  public CompiledRelevance {
    ledgerEntries = List.copyOf(ledgerEntries);
  }
}
