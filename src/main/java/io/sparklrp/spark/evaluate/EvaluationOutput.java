package io.sparklrp.spark.evaluate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sort_array;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.error.UserException;
import io.sparklrp.evaluation.Bootstrap;
import io.sparklrp.evaluation.Measure;
import io.sparklrp.spark.output.OutputDirectory;
import io.sparklrp.spark.settings.EvaluateSettings;
import io.sparklrp.spark.tally.ErrorKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The directory of an evaluation: curves, what they come to, and pictures of them. */
final class EvaluationOutput {
  /** Its tables: rows for each record and method, and for each method and measure. */
  static final String CURVES = "curves";

  static final String SUMMARY = "summary";

  private static final StructType LINES =
      StructType.fromDDL(
          "method STRING, measure STRING, n BIGINT, mean DOUBLE, low DOUBLE, high DOUBLE, against STRING,"
              + " difference DOUBLE, difference_low DOUBLE, difference_high DOUBLE");

  private final SparkSession session;
  private final EvaluateSettings settings;
  private final OutputDirectory directory;

  EvaluationOutput(SparkSession session, EvaluateSettings settings) {
    this.session = session;
    this.settings = settings;
    this.directory = new OutputDirectory(session, settings.output(), settings.isOverwritten());
  }

  /**
   * Refuses an output that is there.
   *
   * @throws UserException if it is, and is not to be overwritten
   */
  void checkFree() {
    directory.checkFree();
  }

  /** Evaluates, and writes what comes of it. */
  void writeCurves(Dataset<Row> curves) {
    directory.write(CURVES, curves);
  }

  /** Sums up what was written, and writes that. */
  EvaluationSummary sumUp(EvaluatedMethods evaluated, long records, EvaluationSummary.Runs runs) {
    Dataset<Row> curves =
        session.read().schema(CurveSchema.COLUMNS).parquet(directory.path(CURVES));
    Dataset<Row> found = curves.where(col("error").isNull());
    Bootstrap bootstrap = CurveSums.of(found, settings.against(), settings.seed());
    List<String> methods = evaluated.all().stream().map(EvaluatedMethods.Sent::name).toList();
    List<String> notes = new ArrayList<>(evaluated.notes());
    EvaluatedLabels.note(found, settings.labelColumn(), evaluated.first()).ifPresent(notes::add);
    EvaluationSummary summary =
        new EvaluationSummary(
            settings.output(),
            methods,
            records,
            curves.count(),
            failures(curves),
            lines(methods, bootstrap),
            notes,
            runs);
    CurveCauses causes = CurveCauses.of(found);
    write(summary, causes);
    new CurvePictures(found, causes, methods).all().forEach(directory::write);
    return summary;
  }

  private static List<EvaluationSummary.Failure> failures(Dataset<Row> curves) {
    return curves
        .where(col("error").isNotNull())
        .groupBy(col("error.kind"))
        .agg(
            count(lit(1)).as("rows"),
            coalesce(min(col("error.message")), lit("")).as("example"),
            sort_array(collect_set(col("method"))).as("methods"))
        .orderBy(col("rows").desc(), col("kind"))
        .collectAsList()
        .stream()
        .map(
            row ->
                new EvaluationSummary.Failure(
                    new ErrorKind(row.getAs("kind"), row.getAs("rows"), row.getAs("example")),
                    row.getList(row.fieldIndex("methods"))))
        .toList();
  }

  private List<EvaluationSummary.Line> lines(List<String> methods, Bootstrap bootstrap) {
    List<EvaluationSummary.Line> lines = new ArrayList<>();
    boolean isCompared = bootstrap.methods().contains(settings.against());
    for (String method : methods) {
      if (bootstrap.methods().contains(method)) {
        for (Measure measure : Measure.values()) {
          lines.add(
              new EvaluationSummary.Line(
                  method,
                  measure.id(),
                  bootstrap.records(method),
                  bootstrap.estimate(method, measure),
                  settings.against(),
                  isCompared && !method.equals(settings.against())
                      ? Optional.of(bootstrap.difference(method, measure))
                      : Optional.empty()));
        }
      }
    }
    return lines;
  }

  private void write(EvaluationSummary summary, CurveCauses causes) {
    List<Row> rows = summary.lines().stream().map(EvaluationOutput::row).toList();
    directory.write(SUMMARY, session.createDataFrame(rows, LINES).coalesce(1));
    directory.write("summary.json", json(summary, causes));
  }

  private static Row row(EvaluationSummary.Line line) {
    return RowFactory.create(
        line.method(),
        line.measure(),
        line.n(),
        finite(line.value().value()),
        finite(line.value().low()),
        finite(line.value().high()),
        line.against(),
        line.difference().map(found -> finite(found.value())).orElse(null),
        line.difference().map(found -> finite(found.low())).orElse(null),
        line.difference().map(found -> finite(found.high())).orElse(null));
  }

  /** Where there is no number, there is null: JSON knows no other way. */
  private static Double finite(double number) {
    return Double.isFinite(number) ? number : null;
  }

  private String json(EvaluationSummary summary, CurveCauses causes) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("model", settings.model().location());
    content.put("methods", summary.methods());
    content.put("replacement", settings.replacement());
    content.put("label_column", settings.labelColumn());
    content.put("seed", settings.seed());
    content.put("records", summary.records());
    content.put("rows", summary.rows());
    content.put("errors", summary.errors());
    Map<String, Long> kinds = new LinkedHashMap<>();
    summary.failures().forEach(one -> kinds.put(one.error().kind(), one.error().records()));
    content.put("errors_by_kind", kinds);
    content.put("forwards_asked", summary.runs().asked());
    content.put("forwards_run", summary.runs().made());
    content.put("seconds", summary.runs().seconds());
    content.put("notes", summary.notes());
    content.put("summary", summary.lines().stream().map(EvaluationOutput::entry).toList());
    if (!causes.all().isEmpty()) {
      content.put("causes", causes.all());
      content.put("largest_unaccounted", causes.unaccounted());
    }
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a summary as JSON.", e);
    }
  }

  private static Map<String, Object> entry(EvaluationSummary.Line line) {
    Row row = row(line);
    Map<String, Object> entry = new LinkedHashMap<>();
    for (int i = 0; i < LINES.size(); i++) {
      entry.put(LINES.fieldNames()[i], row.get(i));
    }
    return entry;
  }
}
