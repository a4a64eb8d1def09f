package io.sparklrp.spark.aggregate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import io.sparklrp.error.UserException;
import io.sparklrp.spark.job.JobDescription;
import io.sparklrp.spark.job.SparkMessage;
import io.sparklrp.spark.job.StatusLine;
import io.sparklrp.spark.output.Manifest;
import io.sparklrp.spark.output.OutputDirectory;
import io.sparklrp.spark.settings.AggregateSettings;
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
    Corpus corpus = Corpus.open(session, settings.input(), settings.by());
    Optional<Corpus> other =
        Optional.ofNullable(settings.against())
            .map(against -> Corpus.open(session, against, List.of()));
    other.ifPresent(corpus::checkComparable);
    Optional<Lexicon> lexicon = Optional.ofNullable(settings.lexicon()).map(this::lexicon);
    Optional<Corpus> framed =
        Optional.ofNullable(settings.frames())
            .map(frames -> Corpus.framed(session, settings.input(), frames));
    CorpusNotes.ofTokens(corpus).ifPresent(notes::add);
    ALL.forEach(directory::delete); // none of another run stays beside these
    directory.delete(Manifest.DIRECTORY);
    write(WORDS, WordTable.of(corpus.rows(), false));
    Dataset<Row> words = directory.read(WORDS);
    write(SHARES, ShareTable.of(corpus.rows(), false));
    write(CONTRAST, ContrastTable.of(corpus.rows(), words, settings.least()));
    if (!settings.by().isEmpty()) {
      write(SLICES, named(ShareTable.of(corpus.rows(), true)));
      write(WORDS_BY_SLICE, named(WordTable.of(corpus.rows(), true)));
    }
    other.ifPresent(before -> compare(corpus, before, words));
    other.flatMap(before -> CorpusNotes.ofMethods(corpus, before)).ifPresent(notes::add);
    lexicon.ifPresent(terms -> writeTerms(corpus, other, terms, words));
    framed.ifPresent(this::writeFrames);
    if (settings.findsShortcuts()) {
      write(SHORTCUTS, ShortcutTable.of(corpus.rows()));
      CorpusNotes.ofLeftOut(ShortcutTable.leftOut(corpus.rows())).ifPresent(notes::add);
    }
    origin(corpus, other).write(directory);
  }

  private TablesOrigin origin(Corpus corpus, Optional<Corpus> other) {
    return new TablesOrigin(
        TablesOrigin.LAYOUT,
        settings.input().name(),
        TablesOrigin.runs(corpus.output()),
        rows(),
        settings.by(),
        settings.against() == null ? null : settings.against().name(),
        TablesOrigin.Made.of(corpus.output()),
        other.map(before -> TablesOrigin.Made.of(before.output())).orElse(null),
        settings.least());
  }

  private void compare(Corpus corpus, Corpus before, Dataset<Row> words) {
    boolean haveNames = corpus.hasNames() && before.hasNames();
    write(WORDS_BEFORE, WordTable.of(before.rows(), false));
    write(
        DRIFT,
        DriftTable.of(
            corpus.rows(),
            before.rows(),
            haveNames,
            words,
            directory.read(WORDS_BEFORE),
            settings.least()));
    write(AGREEMENT, DriftTable.agreement(directory.read(DRIFT)));
    if (haveNames) {
      write(MODELS, ModelTable.of(corpus.rows(), before.rows()));
      notes.add(CorpusNotes.ofModels(directory.read(MODELS), settings.against().name()));
    } else {
      notes.add(CorpusNotes.UNPAIRED);
    }
  }

  /** Where terms stand is looked for once: it is little beside the corpus. */
  private void writeTerms(
      Corpus corpus, Optional<Corpus> other, Lexicon lexicon, Dataset<Row> words) {
    Dataset<Row> places = TermPlaces.of(corpus.rows(), lexicon).persist();
    try {
      write(LEXICON, LexiconTable.of(places, lexicon, words));
      write(LEXICON_GROUPS, LexiconTable.groups(places));
      other.ifPresent(before -> compareTerms(corpus, places, before, lexicon));
      notes.add(
          CorpusNotes.ofTerms(lexicon.forms().select("term").distinct(), directory.read(LEXICON)));
    } finally {
      places.unpersist();
    }
  }

  private void compareTerms(Corpus corpus, Dataset<Row> places, Corpus before, Lexicon lexicon) {
    Dataset<Row> placesBefore = TermPlaces.of(before.rows(), lexicon).persist();
    try {
      write(
          LEXICON_DRIFT,
          LexiconDriftTable.of(
              new LexiconDriftTable.Side(corpus.rows(), places, directory.read(LEXICON)),
              new LexiconDriftTable.Side(
                  before.rows(), placesBefore, LexiconTable.terms(placesBefore)),
              corpus.hasNames() && before.hasNames()));
    } finally {
      placesBefore.unpersist();
    }
  }

  private void writeFrames(Corpus framed) {
    write(COUNTERFACTUAL, CounterfactualTable.of(framed.rows()));
    if (directory.read(COUNTERFACTUAL).isEmpty()) {
      notes.add(CorpusNotes.NO_FRAMES);
    }
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
