package io.sparklrp.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.sparklrp.attribution.HarmlessText;
import io.sparklrp.spark.aggregate.ExplainedCorpus;
import io.sparklrp.spark.report.RecordSection;
import io.sparklrp.table.ExplainedSchema;
import io.sparklrp.table.LedgerCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which records of an output are shown to people: the clearest and the least certain, those that
 * the model was wrong of, those that something is the matter with, and some by lot. Each is shown
 * once, for the first reason.
 */
final class RecordChoice {
  private static final String KEY = ShownRows.KEY;
  private static final int FEW = 2;

  /** Of labels and what is said of them so many pairs are counted, and so many told. */
  private static final int MOST_KINDS = 10_000;

  private static final int TOLD_KINDS = 6;
  private static final String WRONG = "The model is wrong, and most certain of it";

  /** Records that are drawn are the same in each report of an output. */
  private static final long SEED = 0;

  private final ShownRows shown;
  private final ExplainedSchema schema;
  private final Dataset<Row> rows;
  private final Map<String, String> reasons = new LinkedHashMap<>();

  RecordChoice(ExplainedOutput output) {
    this.shown = ShownRows.of(output);
    this.schema = output.schema();
    this.rows = shown.rows();
  }

  /**
   * The records.
   *
   * @param targets of which the clearest are shown
   * @param labelColumn the column of what each record should be said to be; null for none
   * @param many of each kind
   */
  List<RecordSection.Shown> records(List<String> targets, String labelColumn, int many) {
    String explained = schema.sql("target") + " is not null";
    String score = schema.sql("target", "score");
    String probability = schema.sql("prediction", "probability");
    if (labelColumn != null) {
      choose(WRONG, isWrong(labelColumn), expr(probability).desc_nulls_last(), many);
    }
    for (String target : targets) {
      Column own = expr(ExplainedCorpus.target(schema)).equalTo(target);
      choose(
          "Highest score for " + target,
          expr(explained).and(own),
          expr(score).desc_nulls_last(),
          many);
    }
    choose("Least certain", expr(probability).isNotNull(), expr(probability).asc(), many);
    choose("Text was cut", expr(schema.sql("truncated")), col(KEY), FEW);
    choose(
        "Largest residual",
        expr(explained),
        expr(LedgerCheck.relativeResidual(schema)).desc_nulls_last(),
        FEW);
    choose("Not explained", expr(schema.sql("error")).isNotNull(), col(KEY), many);
    choose("Picked at random", expr(explained), xxhash64(col(KEY), lit(SEED)), many);
    return read(labelColumn);
  }

  /**
   * A sentence of how often the model is wrong, and of what; empty where no row has a label.
   *
   * @param labelColumn the column of what each record should be said to be
   */
  Optional<String> mistakes(String labelColumn) {
    Column label = OutputTable.quoted(labelColumn).cast("string");
    Column said = expr(schema.sql("prediction", "label"));
    List<Row> found =
        rows.where(label.isNotNull().and(said.isNotNull()))
            .groupBy(label.as("label"), said.as("said"), isWrong(labelColumn).as("wrong"))
            .agg(count(lit(1)).as("rows"))
            .orderBy(col("rows").desc(), col("label"), col("said"))
            .limit(MOST_KINDS)
            .collectAsList();
    long all = found.stream().mapToLong(row -> row.getAs("rows")).sum();
    List<Row> wrong = found.stream().filter(row -> row.<Boolean>getAs("wrong")).toList();
    if (all == 0) {
      return Optional.empty();
    }
    long mistakes = wrong.stream().mapToLong(row -> row.getAs("rows")).sum();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "Of %,d rows with a label in “%s” the model is wrong in %,d (%.1f %%)%s.",
            all,
            HarmlessText.line(labelColumn),
            mistakes,
            100.0 * mistakes / all,
            kinds(wrong)));
  }

  private static String kinds(List<Row> wrong) {
    String most =
        wrong.stream()
            .limit(TOLD_KINDS)
            .map(
                row ->
                    String.format(
                        Locale.ROOT,
                        "%,d “%s” called “%s”",
                        row.<Long>getAs("rows"),
                        HarmlessText.line(row.getAs("label")),
                        HarmlessText.line(row.getAs("said"))))
            .collect(Collectors.joining(", "));
    return most.isEmpty() ? "" : ": " + most + (wrong.size() > TOLD_KINDS ? ", ..." : "");
  }

  /** Whether the model says another label; a label may be written as its number. */
  private Column isWrong(String labelColumn) {
    Column label = OutputTable.quoted(labelColumn).cast("string");
    Column said = expr(schema.sql("prediction", "label"));
    Column number = expr(schema.sql("prediction", "index")).cast("string");
    return label.notEqual(said).and(label.notEqual(number));
  }

  private void choose(String reason, Column where, Column order, int many) {
    rows.where(where)
        .orderBy(order, col(KEY))
        .limit(many)
        .select(KEY)
        .collectAsList()
        .forEach(row -> reasons.putIfAbsent(row.getString(0), reason));
  }

  private List<RecordSection.Shown> read(String labelColumn) {
    Map<String, ShownRow> found = new LinkedHashMap<>();
    rows.where(col(KEY).isin(reasons.keySet().toArray()))
        .collectAsList()
        .forEach(
            row -> {
              String key = row.getAs(KEY);
              found.put(key, shown.shown(row));
              if (reasons.get(key).equals(WRONG)) {
                reasons.put(key, WRONG + ": it should be " + row.<Object>getAs(labelColumn));
              }
            });
    List<RecordSection.Shown> records = new ArrayList<>();
    reasons.forEach(
        (key, reason) -> {
          ShownRow row = found.get(key);
          boolean isExplained = row.found().target() != null;
          records.add(
              new RecordSection.Shown(
                  reason,
                  row.name(),
                  isExplained ? row.said() : "",
                  isExplained ? row.marked() : List.of(),
                  row.found()));
        });
    return records;
  }
}
