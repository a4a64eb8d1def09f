package io.sparklrp.attribution;

/**
 * One token.
 *
 * @param token as the tokenizer writes it
 * @param id its id
 * @param start first code point in the source text; null for special tokens
 * @param end code point after the last; null likewise
 * @param word number of its word in the text; null likewise
 * @param segment 0 for the first text, 1 for the second; null likewise
 * @param special whether the tokenizer added it
 * @param relevance in units of the score
 * @param bias what additive constants add in the token's row, a part of the ledger's bias; null
 *     unless it is asked for
 */
public record TokenRelevance(
    String token,
    int id,
    Integer start,
    Integer end,
    Integer word,
    Integer segment,
    boolean special,
    float relevance,
    Float bias) {
  /** A token of whose row nothing is told. */
  public TokenRelevance(
      String token,
      int id,
      Integer start,
      Integer end,
      Integer word,
      Integer segment,
      boolean special,
      float relevance) {
    this(token, id, start, end, word, segment, special, relevance, null);
  }
}
