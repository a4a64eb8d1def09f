package io.sparklrp.spark.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import io.sparklrp.error.UserException;
import io.sparklrp.report.Report;
import io.sparklrp.report.ReportPage;
import io.sparklrp.report.Section;
import io.sparklrp.report.Shade;
import io.sparklrp.spark.aggregate.CorpusTables;
import io.sparklrp.spark.aggregate.TablesOrigin;
import io.sparklrp.spark.job.JobDescription;
import io.sparklrp.spark.output.ExplainedOutput;
import io.sparklrp.spark.output.OutputDirectory;
import io.sparklrp.spark.settings.AggregateSettings;
import io.sparklrp.spark.settings.ReportSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Makes one page of an output of {@code explain} and of its tables: whether the run is sound, what
 * drives each answer, and records to read.
 */
public final class ReportAction {
  /** Answers that are shown, those with most records. */
  private static final int TARGETS = 6;

  /** Words of each of which a record is shown. */
  private static final int WORDS = 3;

  private final SparkSession session;
  private final ReportSettings settings;

  /** A run that has not begun. */
  public ReportAction(SparkSession session, ReportSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /**
   * Runs.
   *
   * @throws UserException if the output or its tables cannot be read, or are not of each other
   */
  public ReportSummary run() {
    return JobDescription.putBackAfter(session.sparkContext(), this::reported);
  }

  private ReportSummary reported() {
    ReportPlace place = ReportPlace.free(session, settings);
    ExplainedOutput output = ExplainedOutput.open(session, settings.input());
    place.checkBeside(output);
    RecordChoice choice = new RecordChoice(output, Optional.ofNullable(settings.labelColumn()));
    if (settings.aggregates() != null) {
      OutputDirectory tables = new OutputDirectory(session, settings.aggregates(), false);
      TablesOrigin origin = TablesOrigin.in(tables);
      checkSame(output, origin);
      return write(place, output, choice, tables, origin);
    }
    OutputDirectory tables = place.tables();
    try {
      new CorpusTables(
              session,
              AggregateSettings.builder(settings.input(), tables.location())
                  .overwritten(true)
                  .build(),
              tables)
          .write();
      return write(place, output, choice, tables, TablesOrigin.in(tables));
    } finally {
      tables.deleteAll();
    }
  }

  private void checkSame(ExplainedOutput output, TablesOrigin origin) {
    if (!TablesOrigin.runs(output).equals(origin.runs())) {
      throw new UserException(
          String.format(
              "Cannot report on %s: the tables in %s are of other runs, read from %s. Run aggregate on it again, or give"
                  + " its tables as --aggregates.",
              output.name(), settings.aggregates(), origin.input()));
    }
  }

  private ReportSummary write(
      ReportPlace place,
      ExplainedOutput output,
      RecordChoice choice,
      OutputDirectory tables,
      TablesOrigin origin) {
    List<String> targets = targets(tables.read(CorpusTables.SHARES));
    JobDescription.say(session.sparkContext(), "Spark LRP: choose records of a report");
    List<RecordSection.Shown> records =
        choice.records(targets, named(tables, targets, origin.least()), settings.cards());
    Shade scale = RecordSection.scale(records);
    OutputFacts facts = new OutputFacts(output);
    List<Section> sections = new ArrayList<>();
    boolean isOfPredictions = origin.runs().size() == 1 && facts.isOfPredictions();
    sections.add(ReadingSection.scope(facts.addsUp(), isOfPredictions));
    JobDescription.say(session.sparkContext(), "Spark LRP: look whether a run is sound");
    Optional<String> mistakes = choice.mistakes();
    sections.add(SoundnessSection.of(facts.soundness(mistakes)));
    JobDescription.say(session.sparkContext(), "Spark LRP: read tables of a report");
    sections.add(
        WordsSection.of(tables.read(CorpusTables.WORDS), targets, origin.least(), isOfPredictions));
    addTables(sections, tables, origin, targets);
    sections.add(RecordSection.of(records, scale, choice.lookup()));
    sections.add(ReadingSection.reading(facts.methods(), facts.command()));
    Report report =
        new Report(
            "What made the model say so: " + name(output), facts.subtitle(), scale, sections);
    String page = ReportPage.of(report);
    place.write(page);
    return new ReportSummary(
        settings.output(), origin.rows(), records.size(), page.length(), mistakes);
  }

  private List<TermRecords.Named> named(OutputDirectory tables, List<String> targets, long least) {
    List<TermRecords.Named> named = new ArrayList<>();
    read(tables, CorpusTables.LEXICON)
        .map(found -> TermRecords.of(found, targets, least, settings.cards()))
        .ifPresent(named::addAll);
    named.addAll(
        TermRecords.ofWords(
            tables.read(CorpusTables.WORDS), targets, least, Math.min(WORDS, settings.cards())));
    return named;
  }

  private static String name(ExplainedOutput output) {
    String name = output.name();
    return name.substring(name.lastIndexOf('/', name.length() - 2) + 1);
  }

  private static List<String> targets(Dataset<Row> shares) {
    return shares
        .where("part = 'words'")
        .groupBy("target")
        .agg(sum("records").as("records"))
        .orderBy(col("records").desc(), col("target"))
        .limit(TARGETS)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static void addTables(
      List<Section> sections, OutputDirectory tables, TablesOrigin origin, List<String> targets) {
    sections.add(SharesSection.of(tables.read(CorpusTables.SHARES), targets));
    ContrastSection.of(tables.read(CorpusTables.CONTRAST), targets).ifPresent(sections::add);
    LexiconSection.of(
            read(tables, CorpusTables.LEXICON),
            read(tables, CorpusTables.LEXICON_GROUPS),
            read(tables, CorpusTables.COUNTERFACTUAL),
            targets,
            origin.least())
        .ifPresent(sections::add);
    read(tables, CorpusTables.SHORTCUTS)
        .ifPresent(found -> sections.add(ShortcutSection.of(found)));
    read(tables, CorpusTables.DRIFT)
        .ifPresent(
            drift ->
                sections.add(
                    DriftSection.of(
                        drift,
                        tables.read(CorpusTables.AGREEMENT),
                        read(tables, CorpusTables.MODELS),
                        read(tables, CorpusTables.LEXICON_DRIFT),
                        origin,
                        targets)));
    read(tables, CorpusTables.SLICES)
        .ifPresent(
            slices ->
                sections.add(
                    SlicesSection.of(
                        slices,
                        origin.by().stream().map(column -> CorpusTables.BY + column).toList(),
                        origin.by(),
                        targets)));
  }

  private static Optional<Dataset<Row>> read(OutputDirectory tables, String name) {
    return tables.has(name) ? Optional.of(tables.read(name)) : Optional.empty();
  }
}
