package io.sparklrp.spark.aggregate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.sparklrp.attribution.HarmlessText;
import io.sparklrp.table.ExplainedSchema;
import io.sparklrp.table.Provenance;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What users should know of tables, a sentence each. */
final class CorpusNotes {
  /** Of two outputs whose records cannot be told to be the same. */
  static final String UNPAIRED =
      "Records of both outputs are not known to be the same: one was written without --id-column. There is no table of"
          + " models, and intervals in drift take them as others.";

  /** Of texts that differ in one term, where nothing can be compared. */
  static final String NO_FRAMES =
      "No frame has all its terms under one target, so terms are not compared. Explain a label, not what the model says"
          + " of each text.";

  private static final int ABSENT_TOLD = 30;

  private CorpusNotes() {}

  /** Of rows without words. A run leaves them out of all of its rows: one is looked at. */
  static Optional<String> ofTokens(Corpus corpus) {
    ExplainedSchema schema = corpus.output().schema();
    boolean hasNone =
        !corpus
            .output()
            .rows()
            .where(schema.sql("error") + " is null and " + schema.sql("target") + " is not null")
            .limit(1)
            .where("coalesce(size(" + schema.sql("words") + "), 0) <= 0")
            .isEmpty();
    return hasNone
        ? Optional.of("Rows have no words (pictures, or --without words): tables are of tokens.")
        : Optional.empty();
  }

  /** Of shortcuts: without what the model says otherwise, a word cannot be seen to fail. */
  static Optional<String> ofLeftOut(long leftOut) {
    return leftOut == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                "Shortcuts were looked for without %,d rows, of which the model says something else than what was explained. Explain"
                    + " what it says of each record (no --target) to have them too.",
                leftOut));
  }

  /**
   * Of records in two outputs.
   *
   * @param models the table {@code models}
   * @param against the other output
   */
  static String ofModels(Dataset<Row> models, String against) {
    Row counts =
        models
            .agg(
                coalesce(sum("records"), lit(0L)),
                coalesce(sum(expr("if(predicted = other_predicted, records, 0)")), lit(0L)))
            .first();
    return String.format(
        "Of %,d rows in both outputs the model says the same of %,d: tables drift, agreement and models, in which other is %s.",
        counts.getLong(0), counts.getLong(1), against);
  }

  /** Of two methods: one need not account for all of a score as the other does. */
  static Optional<String> ofMethods(Corpus corpus, Corpus other) {
    Optional<String> own = corpus.output().provenance().map(Provenance::method);
    Optional<String> others = other.output().provenance().map(Provenance::method);
    return own.isEmpty() || others.isEmpty() || own.equals(others)
        ? Optional.empty()
        : Optional.of(
            String.format(
                "The outputs are of two methods, %s and %s: compare the order of words rather than amounts.",
                own.get(), others.get()));
  }

  /**
   * Of terms.
   *
   * @param asked all terms of a lexicon, once each
   * @param table the table {@code lexicon}
   */
  static String ofTerms(Dataset<Row> asked, Dataset<Row> table) {
    Dataset<Row> found = table.select("term").distinct();
    List<String> absent =
        asked.except(found).orderBy("term").collectAsList().stream()
            .map(row -> HarmlessText.line(row.getString(0)))
            .toList();
    return String.format(
        "Of %,d terms %,d stand in texts: tables lexicon and lexicon_groups.%s",
        asked.count(),
        found.count(),
        absent.isEmpty()
            ? ""
            : " Of the others nothing can be said: "
                + String.join(", ", absent.subList(0, Math.min(ABSENT_TOLD, absent.size())))
                + (absent.size() > ABSENT_TOLD ? ", ..." : "."));
  }
}
