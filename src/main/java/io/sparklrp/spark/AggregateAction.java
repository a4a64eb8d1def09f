package io.sparklrp.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import io.sparklrp.error.UserException;
import io.sparklrp.spark.aggregate.ContrastTable;
import io.sparklrp.spark.aggregate.DriftTable;
import io.sparklrp.spark.aggregate.ExplainedCorpus;
import io.sparklrp.spark.aggregate.ModelTable;
import io.sparklrp.spark.aggregate.ShareTable;
import io.sparklrp.spark.aggregate.WordTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Makes tables of an output of {@code explain}, one for each question that is asked of a corpus:
 * {@code words}, {@code shares} and {@code contrast}; by the records' own columns {@code slices}
 * and {@code words_by_slice}; beside another output {@code drift}, {@code agreement} and {@code
 * models}.
 */
public final class AggregateAction {
  /** Targets, and words of each, that are told. */
  private static final int TARGETS_TOLD = 10;

  private static final int WORDS_TOLD = 5;

  private static final List<String> TABLES =
      List.of(
          "words",
          "shares",
          "contrast",
          "slices",
          "words_by_slice",
          "words_before",
          "drift",
          "agreement",
          "models");

  private final SparkSession session;
  private final AggregateSettings settings;
  private final List<String> tables = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

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
    Corpus corpus = open(settings.input(), settings.by());
    Optional<Corpus> other =
        Optional.ofNullable(settings.against()).map(against -> open(against, List.of()));
    TABLES.forEach(directory::delete); // none of another run stays beside these
    write(directory, "words", WordTable.of(corpus.rows, false));
    Dataset<Row> words = directory.read("words");
    write(directory, "shares", ShareTable.of(corpus.rows, false));
    write(directory, "contrast", ContrastTable.of(corpus.rows, words, settings.least()));
    if (!settings.by().isEmpty()) {
      write(directory, "slices", named(ShareTable.of(corpus.rows, true)));
      write(directory, "words_by_slice", named(WordTable.of(corpus.rows, true)));
    }
    other.ifPresent(before -> compare(directory, corpus, before, words));
    return new AggregateSummary(
        settings.output(), tables, notes, rows(directory.read("shares")), told(words));
  }

  private void compare(
      OutputDirectory directory, Corpus corpus, Corpus before, Dataset<Row> words) {
    boolean haveNames = corpus.hasNames && before.hasNames;
    write(directory, "words_before", WordTable.of(before.rows, false));
    write(
        directory,
        "drift",
        DriftTable.of(
            corpus.rows,
            before.rows,
            haveNames,
            words,
            directory.read("words_before"),
            settings.least()));
    write(directory, "agreement", DriftTable.agreement(directory.read("drift")));
    if (haveNames) {
      write(directory, "models", ModelTable.of(corpus.rows, before.rows));
    } else {
      notes.add(
          "Records of both outputs are not known to be the same: one was written without --id-column. There is no table of"
              + " models, and intervals in drift take them as others.");
    }
  }

  /**
   * An output.
   *
   * @param hasNames whether its keys are the records' own names
   */
  private record Corpus(ExplainedCorpus rows, boolean hasNames) {}

  private Corpus open(InputSettings input, List<String> by) {
    ExplainedOutput output = ExplainedOutput.open(session, input);
    String missing = by.stream().filter(column -> !output.has(column)).findFirst().orElse(null);
    if (missing != null) {
      throw new UserException(
          String.format(
              "Cannot aggregate %s: it has no column '%s'. Give --by a column that it has.",
              input.name(), missing));
    }
    Optional<String> id =
        output.provenance().map(run -> run.parameters().get("id-column")).filter(output::has);
    List<Column> slices = by.stream().map(OutputTable::quoted).toList();
    Column name = RowNames.of(output.rows(), id.orElse(null));
    Column key = RowNames.key(output.rows(), id);
    return new Corpus(
        ExplainedCorpus.of(output.rows(), output.schema(), key, name, slices), id.isPresent());
  }

  private void write(OutputDirectory directory, String name, Dataset<Row> table) {
    JobDescription.say(session.sparkContext(), "Spark LRP: make table " + name);
    directory.write(name, table);
    tables.add(name);
  }

  /** The records' own columns by their own names, which begin so that no other is called so. */
  private Dataset<Row> named(Dataset<Row> table) {
    return table.select(
        Arrays.stream(table.columns())
            .map(
                column ->
                    column.startsWith(ExplainedCorpus.SLICE)
                        ? col(column).as("by_" + ofSlice(column))
                        : col(column))
            .toArray(Column[]::new));
  }

  private String ofSlice(String column) {
    return settings.by().get(Integer.parseInt(column.substring(ExplainedCorpus.SLICE.length())));
  }

  private static long rows(Dataset<Row> shares) {
    Row all = shares.where("part = 'residual'").agg(sum("records")).first();
    return all.isNullAt(0) ? 0 : all.getLong(0);
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
