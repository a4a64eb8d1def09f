package io.sparklrp.spark.aggregate;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import io.sparklrp.error.UserException;
import io.sparklrp.spark.job.JobDescription;
import io.sparklrp.spark.output.OutputDirectory;
import io.sparklrp.spark.settings.AggregateSettings;
import io.sparklrp.spark.settings.NamedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Makes tables of an output of {@code explain}: {@link CorpusTables}. */
public final class AggregateAction {
  /** Targets, and words of each, that are told. */
  private static final int TARGETS_TOLD = 10;

  private static final int WORDS_TOLD = 5;
  private static final int SHORTCUTS_TOLD = 10;
  private static final int TERMS_TOLD = 10;
  private static final int SLICES_TOLD = 10;

  private final SparkSession session;
  private final AggregateSettings settings;

  /** A run that has not begun. */
  public AggregateAction(SparkSession session, AggregateSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /**
   * Runs.
   *
   * @throws UserException if an output cannot be read, is none, or has no such columns
   */
  public AggregateSummary run() {
    return JobDescription.putBackAfter(session.sparkContext(), this::aggregated);
  }

  private AggregateSummary aggregated() {
    OutputDirectory directory =
        new OutputDirectory(session, settings.output(), settings.isOverwritten());
    directory.checkFree();
    CorpusTables tables = new CorpusTables(session, settings, directory);
    tables.write();
    return new AggregateSummary(
        settings.output(),
        tables.names(),
        tables.notes(),
        tables.rows(),
        settings.least(),
        told(directory.read(CorpusTables.WORDS)),
        settings.by().isEmpty() ? List.of() : slices(directory.read(CorpusTables.SLICES)),
        settings.lexicon() == null ? List.of() : terms(directory.read(CorpusTables.LEXICON)),
        settings.findsShortcuts()
            ? Optional.of(shortcuts(directory.read(CorpusTables.SHORTCUTS)))
            : Optional.empty());
  }

  private List<AggregateSummary.Slice> slices(Dataset<Row> slices) {
    return slices
        .where("part = 'words'")
        .orderBy(
            Stream.concat(
                    Stream.of(col("records").desc(), col("target")),
                    settings.by().stream().map(name -> NamedColumn.of(CorpusTables.BY + name)))
                .toArray(Column[]::new))
        .limit(SLICES_TOLD)
        .collectAsList()
        .stream()
        .map(this::slice)
        .toList();
  }

  private AggregateSummary.Slice slice(Row row) {
    return new AggregateSummary.Slice(
        settings.by().stream()
            .map(column -> column + " " + row.<String>getAs(CorpusTables.BY + column))
            .toList(),
        row.getAs("target"),
        row.<Long>getAs("records"),
        row.<Double>getAs("score"),
        Optional.ofNullable(row.getAs("predicted")));
  }

  private List<AggregateSummary.Term> terms(Dataset<Row> lexicon) {
    return lexicon
        .where(col("records").geq(settings.least()))
        .orderBy(abs(col("mean")).desc(), col("term"), col("target"))
        .limit(TERMS_TOLD)
        .select("target", "term", "mean", "records", "low", "high", "place")
        .collectAsList()
        .stream()
        .map(
            row ->
                new AggregateSummary.Term(
                    row.getString(0),
                    new AggregateSummary.Word(row.getString(1), row.getDouble(2), row.getLong(3)),
                    row.getAs("low"),
                    row.getAs("high"),
                    Optional.ofNullable(row.getAs("place"))))
        .toList();
  }

  private static AggregateSummary.Shortcuts shortcuts(Dataset<Row> table) {
    return new AggregateSummary.Shortcuts(
        first(table.where("found"), SHORTCUTS_TOLD),
        first(table.where("not found"), 1).stream().findFirst());
  }

  private static List<AggregateSummary.Shortcut> first(Dataset<Row> table, int most) {
    return table
        .orderBy(col("score").desc(), col("word"))
        .limit(most)
        .select("word", "target", "size", "score")
        .collectAsList()
        .stream()
        .map(
            row ->
                new AggregateSummary.Shortcut(
                    row.getString(0), row.getString(1), row.getLong(2), row.getDouble(3)))
        .toList();
  }

  private List<AggregateSummary.OfTarget> told(Dataset<Row> words) {
    List<Row> targets =
        words
            .groupBy("target")
            .agg(sum("count").as("n"))
            .orderBy(col("n").desc(), col("target"))
            .limit(TARGETS_TOLD)
            .collectAsList();
    List<AggregateSummary.OfTarget> told = new ArrayList<>();
    for (Row target : targets) {
      Dataset<Row> own =
          words
              .where(col("target").equalTo(target.getString(0)))
              .where(col("records").geq(settings.least()));
      told.add(
          new AggregateSummary.OfTarget(
              target.getString(0),
              first(own.where("sum > 0"), col("sum").desc()),
              first(own.where("sum < 0"), col("sum").asc())));
    }
    return told;
  }

  private static List<AggregateSummary.Word> first(Dataset<Row> words, Column order) {
    return words
        .orderBy(order, col("word"))
        .limit(WORDS_TOLD)
        .select("word", "mean", "records")
        .collectAsList()
        .stream()
        .map(row -> new AggregateSummary.Word(row.getString(0), row.getDouble(1), row.getLong(2)))
        .toList();
  }
}
