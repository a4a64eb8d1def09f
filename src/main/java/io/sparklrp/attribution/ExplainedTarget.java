package io.sparklrp.attribution;

/**
 * What was explained.
 *
 * @param index the output; null where it has no number
 * @param label its name
 * @param againstIndex the output that it was compared with; null for none
 * @param againstLabel its name
 * @param score the explained score, y = seed . logits
 */
public record ExplainedTarget(
    Integer index, String label, Integer againstIndex, String againstLabel, double score) {}
