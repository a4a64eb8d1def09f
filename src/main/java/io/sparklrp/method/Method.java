package io.sparklrp.method;

import io.sparklrp.graph.ModelGraph;
import io.sparklrp.model.Procedure;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.RuleTable;
import io.sparklrp.relevance.TargetSource;
import java.util.List;

/**
 * A way to explain a score, token by token: what it needs of a model's graph, and how one number a
 * token is made of that. All that can be chosen are in {@link Methods}.
 *
 * <p>How to add one:
 *
 * <ol>
 *   <li>A modified gradient is a {@link Gradient} in {@link Methods}: a {@link Treatment} of
 *       attention, of normalisation and of activations, of those that exist or a new one.
 *   <li>The plain gradient, or attention weights, read in another way are a {@link TrueGradient} or
 *       an {@link Attention} with a read-out of {@code io.sparklrp.relevance.readout}.
 *   <li>Anything else is a class that this interface permits.
 *   <li>Its line in the list of {@link Methods}, from which help, errors and tests have it, and its
 *       line in the table of the README.
 *   <li>Its reference in the golden fixtures.
 * </ol>
 */
public sealed interface Method
    permits Attention,
        AttentionFlow,
        Gradient,
        IntegratedGradients,
        Occlusion,
        RandomNumbers,
        TrueGradient {
  /** The name that users write. */
  String id();

  /** What it does, in one sentence. */
  String description();

  /** Whether the ledger closes up to rounding: nothing is left over but the residual of float32. */
  default boolean isConservative() {
    return false;
  }

  /**
   * Whether it reads rows that the score does not depend on, such as attention weights of tokens
   * that the last layer's output is not made of, or cannot tell which are left: none is left out of
   * the forward pass then.
   */
  default boolean readsAllRows() {
    return false;
  }

  /**
   * Appends to a forward pass what this method computes of it, down to one number a token in the
   * output {@link CompiledRelevance#RELEVANCE}.
   *
   * @param forward the forward pass
   * @param target where the seed comes from
   * @param detail how finely the ledger books additive constants
   * @throws io.sparklrp.error.UserException if the method cannot explain the model; all nodes that
   *     stand in its way are named
   */
  CompiledRelevance append(ModelGraph forward, TargetSource target, LedgerDetail detail);

  /** What tells its graphs from those of the method of its name as it is listed; empty for that. */
  default String variant() {
    return "";
  }

  /**
   * What is done with what the graph gives.
   *
   * @param appended what {@link #append} made
   */
  default Procedure procedure(CompiledRelevance appended) {
    return Procedure.NONE;
  }

  /** Which rule relevance follows at each node of a model; no rows where it follows none. */
  default RuleTable ruleTable(ModelGraph forward) {
    return new RuleTable(List.of());
  }
}
