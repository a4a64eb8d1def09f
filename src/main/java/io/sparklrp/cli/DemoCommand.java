package io.sparklrp.cli;

import io.sparklrp.error.Counted;
import io.sparklrp.spark.explain.ExplainAction;
import io.sparklrp.spark.model.ModelAhead;
import io.sparklrp.spark.output.ExplainSummary;
import io.sparklrp.spark.report.ReportAction;
import io.sparklrp.spark.report.ReportSummary;
import io.sparklrp.spark.settings.ExplainSettings;
import io.sparklrp.spark.settings.InputSettings;
import io.sparklrp.spark.settings.ModelDirectory;
import io.sparklrp.spark.settings.ModelSettings;
import io.sparklrp.spark.settings.OutputSettings;
import io.sparklrp.spark.settings.RecordColumns;
import io.sparklrp.spark.settings.ReportSettings;
import io.sparklrp.spark.show.ShownRow;
import io.sparklrp.table.ExplainedSchema;
import io.sparklrp.table.OutputRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code demo}: explains the shipped reviews with the shipped model, shows ten of them, and makes
 * their report.
 */
@Command(
    name = "demo",
    description =
        "Explains the shipped reviews with the shipped sentiment model, shows ten of them, and makes a page of all.",
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  private static final String REVIEWS = "/io/sparklrp/demo/reviews.jsonl";

  /** What the writer of a review meant. */
  private static final String LABEL = "label";

  @SuppressWarnings("UnusedVariable") // its options are read by name
  @Mixin
  private CommonOptions common;

  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      defaultValue = "target/demo",
      description = "Where the Parquet goes. Default: ${DEFAULT-VALUE}.")
  private String output;

  @Mixin private MethodChoice method;

  @Option(
      names = "--color",
      defaultValue = "auto",
      description = "auto, always or never. Default: auto.")
  private ColorChoice color;

  @Override
  public Integer call() throws IOException {
    Path directory = Files.createTempDirectory("spark-lrp-demo");
    Path reviews = directory.resolve("reviews.jsonl");
    try (InputStream in = DemoCommand.class.getResourceAsStream(REVIEWS)) {
      Files.copy(in, reviews, StandardCopyOption.REPLACE_EXISTING);
    }
    ExplainSettings settings = settings(reviews);
    try (ModelAhead model = CommandSession.ahead(settings);
        CommandSession spark = CommandSession.open("demo")) {
      ExplainSummary summary = new ExplainAction(spark.session(), settings, model).run();
      show(spark.session(), summary);
      report(spark.session());
    } finally {
      Files.deleteIfExists(reviews);
      Files.deleteIfExists(directory);
    }
    return ExitCode.DONE;
  }

  private ExplainSettings settings(Path reviews) {
    return ExplainSettings.builder(
            ModelSettings.of(ModelDirectory.DEMO),
            InputSettings.files(reviews.toUri().toString()).format("json").build(),
            OutputSettings.files(output).mode("overwrite").build())
        .columns(RecordColumns.builder().id("id").build())
        .method(method.id())
        .options(method.options())
        .build();
  }

  private void show(SparkSession session, ExplainSummary summary) {
    PrintWriter out = spec.commandLine().getOut();
    ColoredWords words = new ColoredWords(color.isOn());
    ExplainedSchema schema = new ExplainedSchema(OutputSettings.PREFIX);
    List<Row> rows =
        session
            .read()
            .parquet(output)
            .where("showcase and " + schema.sql("error") + " is null")
            .orderBy("id")
            .limit(10)
            .collectAsList();
    out.printf("What made the model say so (%s):  %s%n", method.id(), words.legend());
    out.printf("%s%n%n", RecordCard.LEDGER);
    RecordCard card = new RecordCard(words);
    rows.forEach(row -> show(out, card, row, schema.fromRow(row)));
    out.printf(
        "%s explained in %.1f s, %s; largest residual %.0e of its ledger's scale.%n"
            + "Parquet: %s%n",
        Counted.of(summary.recordsOut(), "review"),
        summary.seconds(),
        Counted.of(summary.errors(), "error"),
        summary.worstResidual(),
        summary.output());
  }

  private void report(SparkSession session) {
    ReportSettings settings =
        new ReportSettings(
            InputSettings.files(output).format(InputSettings.FORMAT).build(),
            null,
            output + "-report.html",
            true,
            LABEL,
            ReportSettings.CARDS);
    ReportSummary made = new ReportAction(session, settings).run();
    spec.commandLine()
        .getOut()
        .printf(
            "Report, for a browser: %s%n"
                + "Next: scripts/spark-lrp show --input %s --where \"prediction.label = 'negative'\", or your own texts:"
                + " scripts/spark-lrp explain --model demo --input FILE"
                + " --text-column COLUMN --output DIRECTORY%n",
            made.output(), output);
  }

  private static void show(PrintWriter out, RecordCard card, Row review, OutputRow found) {
    String meant = review.getAs(LABEL);
    boolean isMeant = found.target().label().equals(meant);
    ShownRow row =
        new ShownRow(review.<String>getAs("id"), List.of(review.<String>getAs("text")), found);
    card.lines(row, isMeant ? "" : "  (the writer meant it " + meant + ")").forEach(out::println);
    out.println();
  }
}
