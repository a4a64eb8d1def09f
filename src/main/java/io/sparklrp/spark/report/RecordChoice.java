package io.sparklrp.spark.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.sparklrp.attribution.MarkedText;
import io.sparklrp.spark.aggregate.ExplainedCorpus;
import io.sparklrp.spark.output.ExplainedOutput;
import io.sparklrp.spark.show.ShownRow;
import io.sparklrp.spark.show.ShownRows;
import io.sparklrp.table.ExplainedSchema;
import io.sparklrp.table.LedgerCheck;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private static final String WRONG = "The model is wrong, and most certain of it";

  /** Records that are drawn are the same in each report of an output. */
  private static final long SEED = 0;

  private final ShownRows shown;
  private final ExplainedSchema schema;
  private final Dataset<Row> rows;
  private final RecordPictures pictures;
  private final Map<String, String> reasons = new LinkedHashMap<>();

  RecordChoice(ExplainedOutput output) {
    this.shown = ShownRows.of(output);
    this.schema = output.schema();
    this.rows = shown.rows();
    this.pictures = new RecordPictures(output);
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
      Column isWrong = new Mistakes(rows, schema, labelColumn).isOne();
      choose(WRONG, isWrong, expr(probability).desc_nulls_last(), many);
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
   * Refuses a column of labels that are not the model's.
   *
   * @throws io.sparklrp.error.UserException if no value of it is one
   */
  void checkLabels(String labelColumn) {
    new Mistakes(rows, schema, labelColumn).check();
  }

  /** A sentence of how often the model is wrong; empty where no row has a label. */
  Optional<String> mistakes(String labelColumn) {
    return new Mistakes(rows, schema, labelColumn).told();
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
    Map<String, RecordSection.Shown> found = new HashMap<>();
    rows.where(col(KEY).isin(reasons.keySet().toArray()))
        .collectAsList()
        .forEach(row -> found.put(row.getAs(KEY), record(row, reason(row, labelColumn))));
    return reasons.keySet().stream().map(found::get).toList();
  }

  private String reason(Row row, String labelColumn) {
    String reason = reasons.get(row.<String>getAs(KEY));
    return reason.equals(WRONG)
        ? WRONG + ": it should be " + row.<Object>getAs(labelColumn)
        : reason;
  }

  private RecordSection.Shown record(Row row, String reason) {
    ShownRow one = shown.shown(row);
    if (one.found().target() == null) {
      return new RecordSection.Shown(
          reason, one.name(), "", List.of(), List.of(), Optional.empty(), one.found());
    }
    List<MarkedText> texts = one.marked();
    return new RecordSection.Shown(
        reason,
        one.name(),
        one.said(),
        texts,
        one.unknown(),
        texts.isEmpty() ? pictures.of(row, one.found().tokens()) : Optional.empty(),
        one.found());
  }
}
