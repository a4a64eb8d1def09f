package io.sparklrp.bench.scale;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The command of {@code scripts/scale}. */
@Command(name = "scripts/scale", mixinStandardHelpOptions = true, sortOptions = false)
public final class ScaleCommand implements Callable<Integer> {
  @Option(names = "--figures", description = "Default: ${DEFAULT-VALUE}.")
  private Path figures = Path.of("docs/scale.json");

  @Option(names = "--records", split = ",", description = "Default: 10000000,1000000000.")
  private List<Long> records = List.of(10_000_000L, 1_000_000_000L);

  @Option(
      names = "--hours",
      description =
          "A job gets the nodes that it needs to end in these. Default: ${DEFAULT-VALUE}.")
  private double hours = 8;

  @Option(names = "--most-nodes", description = "As far as there are. Default: ${DEFAULT-VALUE}.")
  private int mostNodes = 256;

  @Option(
      names = "--task-seconds",
      description = "spark.sparklrp.taskSeconds. Default: ${DEFAULT-VALUE}.")
  private double taskSeconds = 300;

  @Option(
      names = "--most-tasks",
      description = "Tasks of a job at most: the product's bound. Default: ${DEFAULT-VALUE}.")
  private int mostTasks = 100_000;

  @Option(
      names = "--units",
      split = ",",
      description = "Sizes of units to compare, in seconds. Default: 30,60,120,300,900,3600.")
  private List<Double> units = List.of(30.0, 60.0, 120.0, 300.0, 900.0, 3600.0);

  @Option(names = "--seed", description = "Default: ${DEFAULT-VALUE}.")
  private long seed = 20261127;

  @Option(names = "--seeds", description = "Jobs that means are of. Default: ${DEFAULT-VALUE}.")
  private int seeds = 5;

  private ScaleCommand() {}

  /** Simulates. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new ScaleCommand())
            .setExecutionExceptionHandler(ScaleCommand::fail)
            .execute(arguments));
  }

  private static int fail(Exception failure, CommandLine line, ParseResult parsed) {
    line.getErr().println(failure.getMessage());
    return failure instanceof IllegalArgumentException ? 2 : 1;
  }

  @Override
  public Integer call() throws Exception {
    ScaleInputs inputs = ScaleInputs.read(figures);
    ScaleOptions options =
        new ScaleOptions(
            records.stream().sorted().toList(),
            hours,
            mostNodes,
            taskSeconds,
            mostTasks,
            units,
            seed,
            seeds);
    ScaleReport report = new ScaleReport(inputs, options, System.out);
    report.inputs();
    report.jobs();
    report.units();
    return 0;
  }
}
