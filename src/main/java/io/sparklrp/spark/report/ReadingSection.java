package io.sparklrp.spark.report;

import io.sparklrp.report.Cell;
import io.sparklrp.report.ReportTable;
import io.sparklrp.report.Section;
import java.util.List;
import java.util.Map;

/** How to read the page, and what it does not say. */
public final class ReadingSection {
  private ReadingSection() {}

  /**
   * At the top of the page.
   *
   * @param addsUp whether parts are the whole score but for rounding
   * @param isOfPredictions whether each record was explained for what the model says of it
   */
  public static Section scope(boolean addsUp, boolean isOfPredictions) {
    return Section.ofSentences(
        "scope",
        "What this shows, and what it does not",
        List.of(
            "A model gave each record a score for what is explained"
                + (isOfPredictions ? ", here its own answer" : "")
                + ". Relevance is the part of that score that comes from a"
                + " word: above 0 it speaks for the answer, below 0 against it. "
                + (addsUp
                    ? "Parts add up to the score."
                    : "Parts add up to the score with the residual, which the method or its precision leaves: see where the"
                        + " scores went."),
            "It says what this model used, not what is true, nor why people wrote so. A word with much relevance need not be"
                + " a cause that would hold elsewhere; a group of people whose name has relevance is not shown to be treated"
                + " unfairly, but the records that have most of it should be read.",
            "Intervals say how far a mean would move with other records of the same kind. They know nothing of other models."));
  }

  /**
   * At the end of the page.
   *
   * @param methods what each method that was used does
   * @param command runs the explanation again
   */
  public static Section reading(Map<String, String> methods, String command) {
    return Section.ofTables(
        "reading",
        "Words used here, and how to run it again",
        List.of("The explanation is made by: " + command),
        List.of(
            ReportTable.open(
                "Methods",
                List.of("method", "what it does"),
                methods.entrySet().stream()
                    .map(one -> List.of(Cell.text(one.getKey()), Cell.text(one.getValue())))
                    .toList()),
            ReportTable.open("Words", List.of("word", "meaning"), glossary())));
  }

  private static List<List<Cell>> glossary() {
    return List.of(
        meaning(
            "score",
            "what is explained: the model's output for an answer before it becomes a probability (a logit). The model's"
                + " answer is the one with the highest score, so that an answer with a score above 0 need not be the model's"),
        meaning("relevance", "the part of a score that comes from a word or token, in its units"),
        meaning(
            "ledger",
            "where a score went: words and special tokens (together: tokens), position, segment, bias and residual, in sum"),
        meaning("place", "one occurrence of a word in a text"),
        meaning(
            "position, segment",
            "what the model adds for where a token stands, and for which of two texts it is of"),
        meaning("special tokens", "what the tokenizer adds to a text, such as [CLS] and [SEP]"),
        meaning(
            "bias",
            "what the model's additive constants contribute: they are the same for all texts, but how much comes of them is not"),
        meaning(
            "residual",
            "what the method does not account for; rounding, with conservative methods"),
        meaning("the model says it", "the part of records to which the model gives this answer"),
        meaning(
            "scale",
            "of a ledger: the largest of 1, the score, and the absolute values of all its parts in sum"),
        meaning(
            "95 % interval",
            "by Student's t, over records, not over places: with other records of the same kind a mean would lie in it, 19"
                + " times of 20"));
  }

  private static List<Cell> meaning(String word, String meaning) {
    return List.of(Cell.text(word), Cell.text(meaning));
  }
}
