package io.sparklrp.cli;

import io.sparklrp.spark.settings.InputSettings;
import io.sparklrp.spark.show.ShowAction;
import io.sparklrp.spark.show.ShownRow;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code show}: rows of an output on the terminal, as the demo shows its own. */
@Command(
    name = "show",
    description =
        "Shows rows of an output of explain: what the model said, the text with its words coloured, and the ledger.",
    sortOptions = false)
final class ShowCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // its options are read by name
  @Mixin
  private CommonOptions common;

  @Spec private CommandSpec spec;

  @Mixin private ExplainedChoice explained;

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description =
          "Only rows that fulfil this, such as \"prediction.label = 'negative'\" or"
              + " \"exists(words, w -> w.word = 'not' and w.relevance > 1)\".")
  private String where;

  @Option(
      names = "--order-by",
      paramLabel = "SQL",
      description =
          "In this order, such as \"target.score DESC\" or \"abs(ledger.residual) DESC\"; given again, what"
              + " decides between equal ones. Default: as they lie.")
  private List<String> order = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "At most so many. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--color",
      defaultValue = "auto",
      description = "auto, always or never. Default: auto.")
  private ColorChoice color;

  @Override
  public Integer call() {
    InputSettings settings = settings();
    try (CommandSession spark = CommandSession.open("show")) {
      tell(new ShowAction(spark.session(), settings, order).rows());
    }
    return ExitCode.DONE;
  }

  private InputSettings settings() {
    InputSettings.Builder settings = explained.settings("show");
    Refusal.unless(limit > 0, "--limit " + limit, "it is not above 0", "a number of rows");
    int one = limit == Integer.MAX_VALUE ? 0 : 1; // more, to know whether there are more
    return settings.where(where).limit(limit + one).build();
  }

  private void tell(List<ShownRow> rows) {
    PrintWriter out = spec.commandLine().getOut();
    if (rows.isEmpty()) {
      out.println("No rows" + (where == null ? "." : " fulfil " + where + "."));
      return;
    }
    ColoredWords words = new ColoredWords(color.isOn());
    RecordCard card = new RecordCard(words);
    out.printf("What made the model say so (%s):  %s%n", methods(rows), words.legend());
    out.println(RecordCard.LEDGER);
    for (ShownRow row : rows.subList(0, Math.min(limit, rows.size()))) {
      out.println();
      card.lines(row, "").forEach(out::println);
    }
    if (rows.size() > limit) {
      out.printf("%nThere are more; --limit says how many are shown (%,d).%n", limit);
    }
  }

  private static String methods(List<ShownRow> rows) {
    return rows.stream()
        .map(row -> row.found().method())
        .filter(Objects::nonNull)
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
