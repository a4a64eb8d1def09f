package io.sparklrp.cli;

import io.sparklrp.error.Counted;
import io.sparklrp.spark.output.Gate;
import io.sparklrp.spark.settings.InputSettings;
import io.sparklrp.spark.settings.VerifySettings;
import io.sparklrp.spark.verify.VerifyAction;
import io.sparklrp.spark.verify.VerifySummary;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code verify}: looks whether an output is whole, and what the model says. */
@Command(
    name = "verify",
    description =
        "Looks whether an output of explain is whole: counts, ledgers, words and spans of all rows; and makes a"
            + " sample of them again.",
    sortOptions = false)
final class VerifyCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // its options are read by name
  @Mixin
  private CommonOptions common;

  @Spec private CommandSpec spec;

  @Mixin private ExplainedChoice explained;

  @Option(
      names = "--model",
      paramLabel = "DIR|FILE|demo",
      description =
          "Where the model is now, if it is no longer where it was; repeatable, where there are several.")
  private List<String> models = List.of();

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "" + VerifySettings.SAMPLE,
      description =
          "Make so many rows of each model, method and target again, each by itself; 0 for none."
              + " Default: ${DEFAULT-VALUE}.")
  private int sample;

  @Option(names = "--seed", defaultValue = "0", description = "Chooses them. Default: 0.")
  private long seed;

  @Override
  public Integer call() {
    VerifySettings settings = settings();
    try (CommandSession spark = CommandSession.open("verify")) {
      new VerifyAction(spark.session(), settings).run(this::tell);
    }
    return ExitCode.DONE;
  }

  private VerifySettings settings() {
    InputSettings.Builder settings = explained.settings("verify");
    Refusal.unless(sample >= 0, "--sample " + sample, "it is negative", "a number of rows");
    return new VerifySettings(settings.build(), models, sample, seed);
  }

  private void tell(VerifySummary found) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "Looked at %s of %s in %s, and made %,d of them again (seed %d).%n",
        Counted.of(found.rows(), "row"),
        Counted.of(found.runs(), "run"),
        found.output(),
        found.sampled(),
        seed);
    out.println("What was found, and in brackets what is allowed:");
    found.gates().stream().map(Gate::words).forEach(line -> out.println("  " + line));
    found.notes().forEach(out::println);
    if (found.gates().stream().allMatch(Gate::passed)) {
      String all = found.notes().isEmpty() ? "All of it" : "All that could be looked at";
      out.println(all + " is as it should be.");
    }
  }
}
