package io.sparklrp.spark.aggregate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.sparklrp.attribution.HarmlessText;
import io.sparklrp.error.UserException;
import io.sparklrp.spark.job.JobDescription;
import io.sparklrp.spark.job.SparkMessage;
import io.sparklrp.spark.job.StatusLine;
import io.sparklrp.spark.output.ExplainedOutput;
import io.sparklrp.spark.output.Manifest;
import io.sparklrp.spark.output.OutputDirectory;
import io.sparklrp.spark.output.RowNames;
import io.sparklrp.spark.settings.AggregateSettings;
import io.sparklrp.spark.settings.InputSettings;
import io.sparklrp.spark.settings.NamedColumn;
import io.sparklrp.table.ExplainedSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The tables of a corpus, one for each question that is asked of it: {@code words}, {@code shares}
 * and {@code contrast}; by the records' own columns {@code slices} and {@code words_by_slice};
 * beside another output {@code drift}, {@code agreement} and {@code models}; of a lexicon {@code
 * lexicon} and {@code lexicon_groups}; of texts that differ in one term {@code counterfactual}; of
 * clusters of records {@code shortcuts}.
 */
public final class CorpusTables {
  /** Words by target. */
  public static final String WORDS = "words";

  /** Parts of the ledger by target. */
  public static final String SHARES = "shares";

  /** Words by two targets. */
  public static final String CONTRAST = "contrast";

  /** {@link #SHARES} by values of the records' own columns. */
  public static final String SLICES = "slices";

  static final String WORDS_BY_SLICE = "words_by_slice";
  static final String WORDS_BEFORE = "words_before";

  /** Words of two outputs. */
  public static final String DRIFT = "drift";

  /** How far two outputs have the same words, by target. */
  public static final String AGREEMENT = "agreement";

  /** Records of two outputs beside each other, by target and by what both predict. */
  public static final String MODELS = "models";

  /** Terms that were asked about. */
  public static final String LEXICON = "lexicon";

  /** Groups of these terms. */
  public static final String LEXICON_GROUPS = "lexicon_groups";

  /** The same terms in two outputs. */
  public static final String LEXICON_DRIFT = "lexicon_drift";

  /** Terms in the place of each other. */
  public static final String COUNTERFACTUAL = "counterfactual";

  /** Words that decide records. */
  public static final String SHORTCUTS = "shortcuts";

  /** Begins the names of the records' own columns, so that no other is called so. */
  public static final String BY = "by_";

  private static final long SECONDS_OF_LOG = 15;
  private static final int ABSENT_TOLD = 30;

  private static final List<String> ALL =
      List.of(
          WORDS,
          SHARES,
          CONTRAST,
          SLICES,
          WORDS_BY_SLICE,
          WORDS_BEFORE,
          DRIFT,
          AGREEMENT,
          MODELS,
          LEXICON,
          LEXICON_GROUPS,
          LEXICON_DRIFT,
          COUNTERFACTUAL,
          SHORTCUTS);

  private final SparkSession session;
  private final AggregateSettings settings;
  private final OutputDirectory directory;
  private final List<String> names = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private volatile Step step = Step.of("reading the input");

  /** What is being done, and since when. */
  private record Step(String what, long nanos) {
    static Step of(String what) {
      return new Step(what, System.nanoTime());
    }

    String line() {
      return String.format(
          "%s, %,d s", what, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanos));
    }
  }

  /**
   * Tables that are not made yet.
   *
   * @param directory where they are written
   */
  public CorpusTables(SparkSession session, AggregateSettings settings, OutputDirectory directory) {
    this.session = session;
    this.settings = settings;
    this.directory = directory;
  }

  /** Those that were written. */
  List<String> names() {
    return names;
  }

  /** What users should know of them. */
  List<String> notes() {
    return notes;
  }

  /** Explained rows that they are made of. */
  long rows() {
    Row all = directory.read(SHARES).where("part = 'residual'").agg(sum("records")).first();
    return all.isNullAt(0) ? 0 : all.getLong(0);
  }

  /**
   * Writes them, after all that is wrong with what is asked is refused.
   *
   * @throws UserException if an output cannot be read, is none, or has no such columns
   */
  public void write() {
    StatusLine status = StatusLine.start(() -> step.line(), SECONDS_OF_LOG);
    try {
      writeAll();
    } finally {
      status.close();
    }
  }

  private void writeAll() {
    Corpus corpus = open(settings.input(), settings.by(), "--by");
    Optional<Corpus> other =
        Optional.ofNullable(settings.against()).map(against -> open(against, List.of(), "--by"));
    Optional<Lexicon> lexicon = Optional.ofNullable(settings.lexicon()).map(this::lexicon);
    Optional<Corpus> framed = Optional.ofNullable(settings.frames()).map(this::framed);
    noteWhereTokens(corpus);
    ALL.forEach(directory::delete); // none of another run stays beside these
    directory.delete(Manifest.DIRECTORY);
    write(WORDS, WordTable.of(corpus.rows, false));
    Dataset<Row> words = directory.read(WORDS);
    write(SHARES, ShareTable.of(corpus.rows, false));
    write(CONTRAST, ContrastTable.of(corpus.rows, words, settings.least()));
    if (!settings.by().isEmpty()) {
      write(SLICES, named(ShareTable.of(corpus.rows, true)));
      write(WORDS_BY_SLICE, named(WordTable.of(corpus.rows, true)));
    }
    other.ifPresent(before -> compare(corpus, before, words));
    lexicon.ifPresent(terms -> writeTerms(corpus, other, terms, words));
    framed.ifPresent(this::writeFrames);
    if (settings.findsShortcuts()) {
      write(SHORTCUTS, ShortcutTable.of(corpus.rows));
      noteLeftOut(ShortcutTable.leftOut(corpus.rows));
    }
    origin(corpus).write(directory);
  }

  /** A run leaves words out of all of its rows: one is looked at. */
  private void noteWhereTokens(Corpus corpus) {
    ExplainedSchema schema = corpus.output.schema();
    boolean hasNone =
        !corpus
            .output
            .rows()
            .where(schema.sql("error") + " is null and " + schema.sql("target") + " is not null")
            .limit(1)
            .where("coalesce(size(" + schema.sql("words") + "), 0) <= 0")
            .isEmpty();
    if (hasNone) {
      notes.add("Rows have no words (pictures, or --without words): tables are of tokens.");
    }
  }

  /** Without what the model says otherwise, a word cannot be seen to fail. */
  private void noteLeftOut(long leftOut) {
    if (leftOut > 0) {
      notes.add(
          String.format(
              "Shortcuts were looked for without %,d rows, of which the model says something else than what was explained. Explain"
                  + " what it says of each record (no --target) to have them too.",
              leftOut));
    }
  }

  private TablesOrigin origin(Corpus corpus) {
    return new TablesOrigin(
        TablesOrigin.LAYOUT,
        settings.input().name(),
        TablesOrigin.runs(corpus.output),
        rows(),
        settings.by(),
        settings.against() == null ? null : settings.against().name(),
        settings.least());
  }

  private void compare(Corpus corpus, Corpus before, Dataset<Row> words) {
    boolean haveNames = corpus.hasNames && before.hasNames;
    write(WORDS_BEFORE, WordTable.of(before.rows, false));
    write(
        DRIFT,
        DriftTable.of(
            corpus.rows,
            before.rows,
            haveNames,
            words,
            directory.read(WORDS_BEFORE),
            settings.least()));
    write(AGREEMENT, DriftTable.agreement(directory.read(DRIFT)));
    if (haveNames) {
      write(MODELS, ModelTable.of(corpus.rows, before.rows));
      noteSame(directory.read(MODELS));
    } else {
      notes.add(
          "Records of both outputs are not known to be the same: one was written without --id-column. There is no table of"
              + " models, and intervals in drift take them as others.");
    }
  }

  private void noteSame(Dataset<Row> models) {
    Row counts =
        models
            .agg(
                coalesce(sum("records"), lit(0L)),
                coalesce(sum(expr("if(predicted = other_predicted, records, 0)")), lit(0L)))
            .first();
    notes.add(
        String.format(
            "Of %,d rows in both outputs the model says the same of %,d: tables drift, agreement and models, in which other is %s.",
            counts.getLong(0), counts.getLong(1), settings.against().name()));
  }

  /** Where terms stand is looked for once: it is little beside the corpus. */
  private void writeTerms(
      Corpus corpus, Optional<Corpus> other, Lexicon lexicon, Dataset<Row> words) {
    Dataset<Row> places = TermPlaces.of(corpus.rows, lexicon).persist();
    try {
      write(LEXICON, LexiconTable.of(places, lexicon, words));
      write(LEXICON_GROUPS, LexiconTable.groups(places));
      other.ifPresent(before -> compareTerms(corpus, places, before, lexicon));
      noteTerms(lexicon.forms().select("term").distinct(), directory.read(LEXICON));
    } finally {
      places.unpersist();
    }
  }

  private void compareTerms(Corpus corpus, Dataset<Row> places, Corpus before, Lexicon lexicon) {
    Dataset<Row> placesBefore = TermPlaces.of(before.rows, lexicon).persist();
    try {
      write(
          LEXICON_DRIFT,
          LexiconDriftTable.of(
              new LexiconDriftTable.Side(corpus.rows, places),
              new LexiconDriftTable.Side(before.rows, placesBefore),
              corpus.hasNames && before.hasNames));
    } finally {
      placesBefore.unpersist();
    }
  }

  private void noteTerms(Dataset<Row> asked, Dataset<Row> table) {
    Dataset<Row> found = table.select("term").distinct();
    List<String> absent =
        asked.except(found).orderBy("term").collectAsList().stream()
            .map(row -> HarmlessText.line(row.getString(0)))
            .toList();
    notes.add(
        String.format(
            "Of %,d terms %,d stand in texts: tables lexicon and lexicon_groups.%s",
            asked.count(),
            found.count(),
            absent.isEmpty()
                ? ""
                : " Of the others nothing can be said: "
                    + String.join(", ", absent.subList(0, Math.min(ABSENT_TOLD, absent.size())))
                    + (absent.size() > ABSENT_TOLD ? ", ..." : ".")));
  }

  private void writeFrames(Corpus framed) {
    write(COUNTERFACTUAL, CounterfactualTable.of(framed.rows));
    if (directory.read(COUNTERFACTUAL).isEmpty()) {
      notes.add(
          "No frame has all its terms under one target, so terms are not compared. Explain a label, not what the model says"
              + " of each text.");
    }
  }

  /**
   * An output.
   *
   * @param rows of it, in the columns that tables are made of
   * @param hasNames whether its keys are the records' own names
   */
  private record Corpus(ExplainedOutput output, ExplainedCorpus rows, boolean hasNames) {}

  /** A record without a frame or a term is no part of the comparison. */
  private Corpus framed(AggregateSettings.Frames frames) {
    List<String> by = List.of(frames.frameColumn(), frames.termColumn());
    ExplainedOutput output = ExplainedOutput.open(session, settings.input());
    requireColumns(output, settings.input(), by, "--frame-column and --term-column");
    Column hasBoth =
        by.stream().map(name -> NamedColumn.of(name).isNotNull()).reduce(Column::and).orElseThrow();
    return corpus(output, output.rows().where(hasBoth), by);
  }

  private Corpus open(InputSettings input, List<String> by, String option) {
    ExplainedOutput output = ExplainedOutput.open(session, input);
    requireColumns(output, input, by, option);
    return corpus(output, output.rows(), by);
  }

  private static void requireColumns(
      ExplainedOutput output, InputSettings input, List<String> by, String option) {
    String missing = by.stream().filter(column -> !output.has(column)).findFirst().orElse(null);
    if (missing != null) {
      throw new UserException(
          String.format(
              "Cannot aggregate %s: it has no column '%s'. Give %s a column that it has.",
              input.name(), missing, option));
    }
  }

  private static Corpus corpus(ExplainedOutput output, Dataset<Row> rows, List<String> by) {
    Optional<String> id =
        output.provenance().map(run -> run.parameters().get("id-column")).filter(output::has);
    List<Column> slices = by.stream().map(NamedColumn::of).toList();
    Column name = RowNames.of(rows, id.orElse(null));
    Column key = RowNames.key(rows, id);
    return new Corpus(
        output, ExplainedCorpus.of(rows, output.schema(), key, name, slices), id.isPresent());
  }

  private Lexicon lexicon(String path) {
    try {
      return Lexicon.of(
          session
              .read()
              .option("header", "true")
              .option("escape", "\"")
              .option("mode", "FAILFAST")
              .csv(path),
          path);
    } catch (Exception e) { // both are checked, but Scala does not declare them
      if (e instanceof AnalysisException || e instanceof SparkException) {
        throw new UserException(
            String.format("Cannot read lexicon %s: %s. Check --lexicon.", path, SparkMessage.of(e)),
            e);
      }
      throw e;
    }
  }

  private void write(String name, Dataset<Row> table) {
    step = Step.of("making table " + name);
    JobDescription.say(session.sparkContext(), "Spark LRP: make table " + name);
    directory.write(name, table);
    names.add(name);
  }

  /** The records' own columns by their own names. */
  private Dataset<Row> named(Dataset<Row> table) {
    return table.select(
        Arrays.stream(table.columns())
            .map(
                column ->
                    column.startsWith(ExplainedCorpus.SLICE)
                        ? col(column).as(BY + ofSlice(column))
                        : col(column))
            .toArray(Column[]::new));
  }

  private String ofSlice(String column) {
    return settings.by().get(Integer.parseInt(column.substring(ExplainedCorpus.SLICE.length())));
  }
}
