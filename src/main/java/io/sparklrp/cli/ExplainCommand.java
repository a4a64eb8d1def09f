package io.sparklrp.cli;

import io.sparklrp.error.UserException;
import io.sparklrp.spark.ExplainAction;
import io.sparklrp.spark.ExplainSettings;
import io.sparklrp.spark.ExplainSummary;
import io.sparklrp.spark.InputSettings;
import io.sparklrp.spark.Omission;
import io.sparklrp.spark.OnError;
import io.sparklrp.spark.OutputSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code explain}: reads records, writes token relevance. */
@Command(
    name = "explain",
    description = "Reads records, writes the relevance of each token to what the model said.",
    sortOptions = false)
final class ExplainCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // its options are read by name
  @Mixin
  private CommonOptions common;

  @Spec private CommandSpec spec;

  @Mixin private ModelChoice choice;

  @Option(names = "--input", paramLabel = "PATH", description = "Files or a directory to read.")
  private String input;

  @Option(names = "--input-table", paramLabel = "NAME", description = "A table to read instead.")
  private String inputTable;

  @Option(
      names = "--input-format",
      defaultValue = "parquet",
      description = "parquet, json, csv, text, ...")
  private String inputFormat;

  @Option(
      names = "--read-option",
      paramLabel = "K=V",
      description = "An option of Spark's reader; repeatable.")
  private Map<String, String> readOptions = new LinkedHashMap<>();

  @Option(names = "--columns", split = ",", description = "Input columns to keep. Default: all.")
  private List<String> columns = List.of();

  @Option(names = "--where", paramLabel = "SQL", description = "Only records that fulfil this.")
  private String where;

  @Option(names = "--limit", description = "At most so many records.")
  private Integer limit;

  @Option(
      names = "--text-column",
      defaultValue = "text",
      description = "Default: ${DEFAULT-VALUE}.")
  private String textColumn;

  @Option(names = "--text-pair-column", description = "The second text, for models of pairs.")
  private String pairColumn;

  @Option(
      names = "--image-column",
      defaultValue = "content",
      description = "The column of pictures, for models of images. Default: ${DEFAULT-VALUE}.")
  private String imageColumn;

  @Option(names = "--id-column", description = "What messages name a record by.")
  private String idColumn;

  @Option(names = "--output", paramLabel = "PATH", description = "A directory to write.")
  private String output;

  @Option(names = "--output-table", paramLabel = "NAME", description = "A table to write instead.")
  private String outputTable;

  @Option(
      names = "--output-format",
      defaultValue = "parquet",
      description = "Default: ${DEFAULT-VALUE}.")
  private String outputFormat;

  @Option(
      names = "--write-option",
      paramLabel = "K=V",
      description = "An option of Spark's writer; repeatable.")
  private Map<String, String> writeOptions = new LinkedHashMap<>();

  @Option(
      names = "--partition-by",
      split = ",",
      description = "Input columns to make directories of.")
  private List<String> partitionBy = List.of();

  @Option(
      names = "--mode",
      defaultValue = "error",
      description = "error, overwrite or append. Default: error.")
  private String mode;

  @Option(
      names = "--output-prefix",
      defaultValue = "",
      description = "Put before the names of added columns.")
  private String prefix;

  @Option(
      names = "--without",
      split = ",",
      description = "Leave out: logits, words, bias-by-layer.")
  private List<String> without = List.of();

  @Mixin private MethodChoice method;

  @Option(
      names = "--target",
      description =
          "predicted (default), a label, an index, all, top:<k>, column:<name>, contrast:<a>:<b>; repeatable."
              + " Where a name is that of several outputs: label:<label> or index:<n>."
              + " Tokens: entities, token:<i>:<label>. Answers: span, start, end, span:<i>:<j>."
              + " Words: next, next:<token>, mask, mask:<token>, completion:<column>; id:<n> is a token by its"
              + " number, also in a column, where numbers are ids. A text of several masks has a row for each"
              + " mask and target. Vectors: cosine, dot.")
  private List<String> targets = List.of();

  @Option(names = "--precision", defaultValue = "float32", description = "float32.")
  private String precision;

  @Option(
      names = "--max-length",
      description = "Most tokens of a record. Default: all that the model takes, 2048 at most.")
  private Integer maxLength;

  @Option(
      names = "--stride",
      description =
          "Cut longer texts into windows of --max-length that share so many tokens, and explain all of them"
              + " together. Default: texts are cut, and say so.")
  private Integer stride;

  @Option(
      names = "--max-pixels",
      defaultValue = "25000000",
      description =
          "Most pixels of a picture; larger ones are errors of their records. Default: ${DEFAULT-VALUE}.")
  private long maxPixels;

  @Option(
      names = "--batch-tokens",
      defaultValue = "2048",
      description = "Most tokens of a batch. Default: 2048.")
  private int batchTokens;

  @Option(
      names = "--on-error",
      defaultValue = "keep",
      description = "keep, drop or fail. Default: keep.")
  private OnError onError;

  @Option(
      names = "--max-error-rate",
      description = "Exit with 3 if a larger share of records fails.")
  private Double maxErrorRate;

  @Option(names = "--dry-run", description = "Only say what would be done.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    ExplainSettings settings = settings();
    try (CommandSession spark = CommandSession.open("explain")) {
      new ExplainAction(spark.session(), settings).run(this::tell);
    }
    return ExitCode.DONE;
  }

  private void tell(ExplainSummary summary) {
    PrintWriter out = spec.commandLine().getOut();
    summary.notes().forEach(out::println);
    out.println(dryRun ? plan(summary) : report(summary));
    FailureLines.of(summary.failures()).forEach(out::println);
  }

  /** The options as settings, checked as far as they can be without Spark. */
  ExplainSettings settings() {
    exactlyOne(input, "--input", inputTable, "--input-table");
    exactlyOne(output, "--output", outputTable, "--output-table");
    require(
        precision.equals("float32"),
        "--precision " + precision,
        "it does not exist yet",
        "float32");
    require(
        List.of("error", "overwrite", "append").contains(mode),
        "--mode " + mode,
        "there is none of that name",
        "error, overwrite or append");
    require(batchTokens > 0, "--batch-tokens " + batchTokens, "it is not positive", "2048");
    require(
        maxPixels >= 1 && maxPixels <= ExplainSettings.MOST_PIXELS,
        "--max-pixels " + maxPixels,
        "it is not from 1 to " + ExplainSettings.MOST_PIXELS,
        Long.toString(ExplainSettings.USUAL_PIXELS));
    require(
        stride == null || stride >= 0,
        "--stride " + stride,
        "it is negative",
        "a number of tokens, such as 128");
    require(
        limit == null || limit >= 0, "--limit " + limit, "it is negative", "a number of records");
    require(
        maxErrorRate == null || (maxErrorRate >= 0 && maxErrorRate <= 1),
        "--max-error-rate " + maxErrorRate,
        "it is no share",
        "a number from 0 to 1");
    return new ExplainSettings(
        choice.model(),
        new InputSettings(input, inputTable, inputFormat, readOptions, columns, where, limit),
        new OutputSettings(
            output,
            outputTable,
            outputFormat,
            writeOptions,
            partitionBy,
            mode,
            prefix,
            omissions()),
        textColumn,
        pairColumn,
        imageColumn,
        idColumn,
        method.id(),
        targets.isEmpty() ? List.of("predicted") : targets,
        choice.at(),
        choice.modelOutput(),
        choice.pooling(),
        maxLength,
        stride,
        maxPixels,
        batchTokens,
        onError,
        maxErrorRate,
        dryRun);
  }

  private Set<Omission> omissions() {
    Set<Omission> omissions = EnumSet.noneOf(Omission.class);
    for (String part : without) {
      omissions.add(
          Omission.of(part)
              .orElseThrow(
                  () ->
                      refused(
                          "--without " + part,
                          "there is no such part",
                          String.join(", ", Omission.ids()))));
    }
    return omissions;
  }

  private static void exactlyOne(String a, String nameOfA, String b, String nameOfB) {
    if ((a == null) == (b == null)) {
      throw new UserException(
          String.format(
              "Cannot run explain: it needs one of %s and %s. Give exactly one.",
              nameOfA, nameOfB));
    }
  }

  private static void require(boolean good, String option, String reason, String instead) {
    if (!good) {
      throw refused(option, reason, instead);
    }
  }

  private static UserException refused(String option, String reason, String instead) {
    return new UserException(String.format("Cannot use %s: %s. Use %s.", option, reason, instead));
  }

  private static String plan(ExplainSummary summary) {
    return String.format(
        "Would explain %,d records (some %,d tokens) in %d tasks to %s; spark.executor.memoryOverhead: %d MiB or more.",
        summary.recordsIn(),
        summary.tokens(),
        summary.partitions(),
        summary.output(),
        summary.memoryOverheadMib());
  }

  private static String report(ExplainSummary summary) {
    return String.format(
        "Explained %,d records (%,d errors, %,d tokens) in %.1f s to %s%s; largest residual %.1e of its ledger's scale.%n"
            + "Executors needed some %d MiB of spark.executor.memoryOverhead.",
        summary.explained(),
        summary.errors(),
        summary.tokens(),
        summary.seconds(),
        summary.output(),
        rows(summary),
        summary.worstResidual(),
        summary.memoryOverheadMib());
  }

  /** How many rows there are, where records have several. */
  private static String rows(ExplainSummary summary) {
    long ofOneEach = summary.recordsIn() - summary.dropped();
    return summary.recordsOut() == ofOneEach
        ? ""
        : String.format(" (%,d rows)", summary.recordsOut());
  }
}
