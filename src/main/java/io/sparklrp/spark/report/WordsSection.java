package io.sparklrp.spark.report;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;

import io.sparklrp.report.Cell;
import io.sparklrp.report.ReportTable;
import io.sparklrp.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What drives each target: the words that have most and least of its scores. */
public final class WordsSection {
  private static final int SHOWN = 20;
  private static final int MOST = 2_000;
  private static final List<String> COLUMNS =
      List.of(
          "word",
          "records",
          "places",
          "mean relevance (95 % interval)",
          "sum of relevance",
          "part of its places where it speaks for it",
          "share of all relevance, by absolute value",
          "records where it speaks most for it, or against");

  private static final String OF_PREDICTIONS =
      "The tables of an answer count the records to which the model gives it: what speaks against one answer is no list of"
          + " what speaks for the other.";

  private static final String OF_TARGETS =
      "The tables of an answer count all records in which it was explained, whatever the model says of them.";

  private static final String CLEAREST =
      " The folded tables of words with the clearest mean are ordered by the end of its interval that is nearer to 0: a"
          + " rare word comes first where its mean is large beside what is known of it.";

  private WordsSection() {}

  /**
   * The section.
   *
   * @param words the table of that name
   * @param targets that are shown, the first first
   * @param least records that a word stands in
   * @param isOfPredictions whether each record was explained for what the model says of it
   */
  public static Section of(
      Dataset<Row> words, List<String> targets, long least, boolean isOfPredictions) {
    Dataset<Row> all = words.where(col("target").isin(targets.toArray()));
    Dataset<Row> enough = all.where(col("records").geq(least));
    boolean isSmall = enough.isEmpty();
    Dataset<Row> known = isSmall ? all : enough;
    List<Row> rows = TableRows.first(known, List.of("target"), abs(col("sum")).desc(), MOST);
    Map<String, List<Row>> clearFor = clearest(known.where("low > 0"), col("low").desc());
    Map<String, List<Row>> clearAgainst = clearest(known.where("high < 0"), col("high").asc());
    List<ReportTable> tables = new ArrayList<>();
    for (String target : targets) {
      List<Row> own = rows.stream().filter(row -> row.getAs("target").equals(target)).toList();
      addTables(tables, target, own);
      addClearest(tables, "For " + target, clearFor.get(target));
      addClearest(tables, "Against " + target, clearAgainst.get(target));
    }
    return Section.ofTables(
        "words",
        "What drives each answer",
        List.of(
            (isSmall ? ofAll(least) : ofThoseIn(least))
                + " A mean is over places of the word (a word may stand more than once in a record), its interval over records: where it contains 0, not even the sign"
                + " of the mean is sure. Words are in lower case.",
            (isOfPredictions ? OF_PREDICTIONS : OF_TARGETS)
                + " Frequent words come first, since words are ordered by their sum."
                + (clearFor.isEmpty() && clearAgainst.isEmpty() ? "" : CLEAREST)),
        tables);
  }

  private static String ofThoseIn(long least) {
    return String.format(
        Locale.ROOT,
        "Words by what they have of the scores in sum, of those that stand in %,d records or more (aggregate --least says"
            + " how many, and --aggregates gives its tables to a report).",
        least);
  }

  /** A page of few records would be empty otherwise. */
  private static String ofAll(long least) {
    return String.format(
        Locale.ROOT,
        "All words by what they have of the scores in sum: none stands in %,d records or more, so that they tell of these records"
            + " and of no others. Of a word in one record no interval is known.",
        least);
  }

  private static void addTables(List<ReportTable> tables, String target, List<Row> own) {
    List<Row> ahead = own.stream().filter(row -> sum(row) > 0).limit(SHOWN).toList();
    List<Row> against = own.stream().filter(row -> sum(row) < 0).limit(SHOWN).toList();
    List<Row> shown = new ArrayList<>(ahead);
    shown.addAll(against);
    if (!ahead.isEmpty()) {
      tables.add(table("For " + target, ahead));
    }
    if (!against.isEmpty()) {
      tables.add(table("Against " + target, against));
    }
    if (own.size() > shown.size()) {
      String caption =
          String.format(
              Locale.ROOT,
              own.size() < MOST
                  ? "%s: all %,d words; they have %.0f %% of all relevance, by absolute value"
                  : "%s: the %,d words that weigh most, for and against; they have %.0f %% of all relevance, by absolute value",
              target,
              own.size(),
              100 * own.stream().mapToDouble(row -> row.<Double>getAs("share")).sum());
      tables.add(table(caption, own).folded());
    }
  }

  /** Words by the end of their mean's interval that is nearer to 0, by target. */
  private static Map<String, List<Row>> clearest(Dataset<Row> words, Column order) {
    return TableRows.by("target", TableRows.first(words, List.of("target"), order, SHOWN));
  }

  private static void addClearest(List<ReportTable> tables, String caption, List<Row> rows) {
    if (rows != null) {
      tables.add(table(caption + ": the words with the clearest mean", rows).folded());
    }
  }

  private static double sum(Row row) {
    return row.<Double>getAs("sum");
  }

  private static ReportTable table(String caption, List<Row> rows) {
    return ReportTable.open(caption, COLUMNS, rows.stream().map(row -> cells(row)).toList());
  }

  private static List<Cell> cells(Row row) {
    return List.of(
        Cell.text(row.getAs("word")),
        Cell.count(TableRows.count(row, "records")),
        Cell.count(TableRows.count(row, "count")),
        TableRows.bar(row, "mean", "low", "high"),
        Cell.amount(sum(row)),
        Cell.share(TableRows.number(row, "positive")),
        Cell.share(TableRows.number(row, "share")),
        TableRows.records(row, sum(row) > 0 ? "most" : "least"));
  }
}
