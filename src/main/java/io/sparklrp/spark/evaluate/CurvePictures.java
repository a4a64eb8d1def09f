package io.sparklrp.spark.evaluate;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.sparklrp.chart.Bars;
import io.sparklrp.chart.Lines;
import io.sparklrp.chart.Points;
import io.sparklrp.evaluation.Tenths;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Pictures of an evaluation: the mean curves, and what relevance has of the score. */
final class CurvePictures {
  private static final int MOST_POINTS = 500;

  private static final Map<String, String> PANELS = new LinkedHashMap<>();

  static {
    PANELS.put("activation", "Probability, tokens put back");
    PANELS.put("pruning_mse", "Squared difference, tokens taken away");
    PANELS.put("pruning_probability", "Probability, tokens taken away");
  }

  private final Dataset<Row> curves;
  private final CurveCauses causes;
  private final List<String> methods;

  /**
   * Pictures.
   *
   * @param curves rows without errors
   * @param causes of these
   * @param methods in the order of the legend
   */
  CurvePictures(Dataset<Row> curves, CurveCauses causes, List<String> methods) {
    this.curves = curves;
    this.causes = causes;
    this.methods = methods;
  }

  /** The pictures by the names of their files; none where there are no curves. */
  Map<String, String> all() {
    Map<String, Map<String, double[]>> means = means();
    if (means.get("activation").isEmpty()) {
      return Map.of();
    }
    Map<String, String> pictures = new LinkedHashMap<>();
    pictures.put("curves.svg", lines(means));
    pictures.put("conservation.svg", points());
    List<Bars.Plot> bars = bars();
    if (!bars.isEmpty()) {
      pictures.put(
          "causes.svg",
          new Bars("What nodes absorb of the score, by part of the model: means", bars).svg());
    }
    return pictures;
  }

  /** Means by method, part of the model and kind of node; none where nothing was booked. */
  private List<Bars.Plot> bars() {
    List<Bars.Plot> plots = new ArrayList<>();
    for (String method : methods) {
      Map<String, Map<String, Double>> groups = new LinkedHashMap<>();
      causes.all().stream()
          .filter(cause -> cause.method().equals(method))
          .forEach(
              cause ->
                  groups
                      .computeIfAbsent(cause.part(), part -> new LinkedHashMap<>())
                      .put(cause.kind(), cause.mean()));
      if (!groups.isEmpty()) {
        plots.add(new Bars.Plot(method, groups));
      }
    }
    return plots;
  }

  private static String lines(Map<String, Map<String, double[]>> means) {
    return new Lines(
            "Mean curves over the share of tokens",
            PANELS.entrySet().stream()
                .map(panel -> new Lines.Plot(panel.getValue(), means.get(panel.getKey())))
                .toList())
        .svg();
  }

  /** The mean curves: by column and method. */
  private Map<String, Map<String, double[]>> means() {
    List<Column> points = new ArrayList<>();
    PANELS
        .keySet()
        .forEach(
            panel -> {
              for (int point = 0; point < Tenths.POINTS; point++) {
                points.add(avg(col(panel).getItem(point)));
              }
            });
    List<Row> rows =
        curves
            .groupBy("method")
            .agg(points.get(0), points.subList(1, points.size()).toArray(Column[]::new))
            .collectAsList();
    Map<String, Map<String, double[]>> means = new LinkedHashMap<>();
    int from = 1;
    for (String panel : PANELS.keySet()) {
      means.put(panel, ofPanel(rows, from));
      from += Tenths.POINTS;
    }
    return means;
  }

  private Map<String, double[]> ofPanel(List<Row> rows, int from) {
    Map<String, double[]> lines = new LinkedHashMap<>();
    for (String method : methods) {
      for (Row row : rows) {
        if (row.getString(0).equals(method)) {
          double[] line = new double[Tenths.POINTS];
          for (int point = 0; point < line.length; point++) {
            line[point] = row.getDouble(from + point);
          }
          lines.put(method, line);
        }
      }
    }
    return lines;
  }

  /** Of the same records in all panels. */
  private String points() {
    List<Row> rows =
        curves
            .select(col("method"), expr("score - booked"), col("relevance_sum"), col("record"))
            .orderBy(expr("xxhash64(record)"))
            .limit(MOST_POINTS * methods.size())
            .collectAsList();
    List<Points.Plot> panels = new ArrayList<>();
    for (String method : methods) {
      List<double[]> points =
          rows.stream()
              .filter(row -> row.getString(0).equals(method))
              .map(row -> new double[] {row.getDouble(1), row.getDouble(2)})
              .toList();
      if (!points.isEmpty()) {
        panels.add(new Points.Plot(method, points));
      }
    }
    return new Points(
            "Score, less what the ledger books to constants (to the right), and the sum of relevance (up)",
            panels)
        .svg();
  }
}
