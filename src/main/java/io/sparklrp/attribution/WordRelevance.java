package io.sparklrp.attribution;

/**
 * One word: the sum of its tokens.
 *
 * @param word cut from the source text
 * @param start first code point in the source text
 * @param end code point after the last
 * @param segment 0 for the first text, 1 for the second
 * @param relevance in units of the score
 */
public record WordRelevance(String word, int start, int end, int segment, float relevance) {}
