package io.sparklrp.spark.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.xxhash64;

import io.sparklrp.attribution.MarkedText;
import io.sparklrp.spark.aggregate.ExplainedCorpus;
import io.sparklrp.spark.output.ExplainedOutput;
import io.sparklrp.spark.settings.NamedColumn;
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
 * the model was wrong of, those that terms of a lexicon stand out in, those that something is the
 * matter with, and some by lot. Each is shown once, for the first reason.
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
  private final Optional<Mistakes> mistakes;
  private final Optional<String> lookup;
  private final Map<String, String> reasons = new LinkedHashMap<>();

  /**
   * Of an output.
   *
   * @param labelColumn the column of what each record should be said to be, if there is one
   * @throws io.sparklrp.error.UserException if it is not there, or is not of the model's labels
   */
  RecordChoice(ExplainedOutput output, Optional<String> labelColumn) {
    this.shown = ShownRows.of(output);
    this.schema = output.schema();
    this.rows = shown.rows();
    this.pictures = new RecordPictures(output);
    this.mistakes = labelColumn.map(column -> Mistakes.of(output, rows, column));
    this.lookup =
        output
            .provenance()
            .map(run -> run.parameters().get("id-column"))
            .filter(output::has)
            .map(id -> lookup(output.name(), id));
  }

  private static String lookup(String output, String id) {
    return String.format(
        "Of records that are named on this page some have a card here. To read another: scripts/spark-lrp show --input %s --where"
            + " %s",
        ShellWord.of(output), condition(id));
  }

  /** In double quotes a shell would run what is between backquotes. */
  private static String condition(String id) {
    return id.matches("\\w+")
        ? "\"" + id + " = '...'\""
        : ShellWord.of(NamedColumn.sql(id) + " = \"...\"");
  }

  /** A sentence of how to read a record that is named; empty where names are no column's. */
  Optional<String> lookup() {
    return lookup;
  }

  /**
   * The records.
   *
   * @param targets of which the clearest are shown
   * @param terms records that tables name; one of them is shown where no other is called the same
   * @param many of each kind
   */
  List<RecordSection.Shown> records(List<String> targets, List<TermRecords.Named> terms, int many) {
    String explained = schema.sql("target") + " is not null";
    String score = schema.sql("target", "score");
    String probability = schema.sql("prediction", "probability");
    mistakes.ifPresent(
        found -> choose(WRONG, found.isOne(), expr(probability).desc_nulls_last(), many));
    for (String target : targets) {
      Column own = expr(ExplainedCorpus.target(schema)).equalTo(target);
      choose(
          "Highest score for " + target,
          expr(explained).and(own),
          expr(score).desc_nulls_last(),
          many);
      choose(
          "Lowest score for " + target,
          expr(explained).and(own).and(expr(schema.sql("prediction", "label")).notEqual(target)),
          expr(score).asc_nulls_last(),
          many);
    }
    choose(terms);
    choose("Least certain", expr(probability).isNotNull(), expr(probability).asc(), many);
    choose("Text was cut", expr(schema.sql("truncated")), col(KEY), FEW);
    choose(
        "Largest residual",
        expr(explained),
        expr(LedgerCheck.relativeResidual(schema)).desc_nulls_last(),
        FEW);
    choose("Not explained", expr(schema.sql("error")).isNotNull(), col(KEY), many);
    choose("Picked at random", expr(explained), xxhash64(col(KEY), lit(SEED)), many);
    return read();
  }

  /** A sentence of how often the model is wrong; empty where no row has a label. */
  Optional<String> mistakes() {
    return mistakes.flatMap(Mistakes::told);
  }

  private void choose(String reason, Column where, Column order, int many) {
    rows.where(where)
        .orderBy(order, col(KEY))
        .limit(many)
        .select(KEY)
        .collectAsList()
        .forEach(row -> reasons.putIfAbsent(row.getString(0), reason));
  }

  private void choose(List<TermRecords.Named> terms) {
    if (terms.isEmpty()) {
      return;
    }
    Object[] names = terms.stream().map(TermRecords.Named::name).distinct().toArray();
    Map<List<String>, String> keys = new HashMap<>();
    rows.where(col(ShownRows.NAME).isin(names))
        .groupBy(col(ShownRows.NAME), expr(ExplainedCorpus.target(schema)))
        .agg(min(col(KEY)), count(lit(1)).as("rows"))
        .where("rows = 1")
        .collectAsList()
        .forEach(row -> keys.put(List.of(row.getString(0), row.getString(1)), row.getString(2)));
    for (TermRecords.Named one : terms) {
      String key = keys.get(List.of(one.name(), one.target()));
      if (key != null) {
        reasons.putIfAbsent(key, one.reason());
      }
    }
  }

  private List<RecordSection.Shown> read() {
    Map<String, RecordSection.Shown> found = new HashMap<>();
    rows.where(col(KEY).isin(reasons.keySet().toArray()))
        .collectAsList()
        .forEach(row -> found.put(row.getAs(KEY), record(row, reason(row))));
    return reasons.keySet().stream().map(found::get).toList();
  }

  /** What the model said, and what it should have said where that is something else. */
  private String said(Row row, ShownRow one) {
    return mistakes
        .flatMap(found -> found.rightLabel(row, one.found()))
        .map(label -> one.said() + "; it should be " + label)
        .orElse(one.said());
  }

  private String reason(Row row) {
    return reasons.get(row.<String>getAs(KEY));
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
        said(row, one),
        texts,
        one.unknown(),
        texts.isEmpty() ? pictures.of(row, one.found().tokens()) : Optional.empty(),
        one.found());
  }
}
