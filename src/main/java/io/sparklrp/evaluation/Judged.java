package io.sparklrp.evaluation;

/**
 * One method on one record.
 *
 * @param auac area under the activation curve
 * @param auMse area under the squared differences of pruning
 * @param aupc area under the probabilities of pruning
 * @param leaveOneOut rank correlation with leaving out each token; not a number where there is none
 * @param plausibility agreement with what people marked
 * @param toExplain the score, less what the ledger books to constants
 * @param relevanceSum what tokens have of it
 */
public record Judged(
    double auac,
    double auMse,
    double aupc,
    double leaveOneOut,
    Highlights.Agreement plausibility,
    double toExplain,
    double relevanceSum) {}
