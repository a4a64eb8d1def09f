package io.sparklrp.evaluation;

/**
 * What a model says of a record some of whose tokens are replaced.
 *
 * @param score the explained score
 * @param probability of the explained class
 * @param squaredDifference of all logits from those of the whole record, summed
 */
public record Answer(double score, double probability, double squaredDifference) {}
