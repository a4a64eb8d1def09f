package io.sparklrp.cli;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/**
 * One line about what was typed wrongly; what is announced but not there yet is refused by name.
 */
final class UsageErrors implements IParameterExceptionHandler {
  private static final List<String> LATER_COMMANDS = List.of("aggregate", "report");

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    String message =
        laterCommand(args)
            .or(() -> Arrays.stream(args).flatMap(UsageErrors::missingFile).findFirst())
            .orElseGet(() -> wrong(e));
    e.getCommandLine().getErr().println("spark-lrp: " + message);
    return ExitCode.USAGE;
  }

  private static Optional<String> laterCommand(String... args) {
    return Arrays.stream(args)
        .limit(1)
        .filter(LATER_COMMANDS::contains)
        .map(
            name ->
                "Cannot run "
                    + name
                    + ": this command does not exist yet. Run --help for those that do.")
        .findFirst();
  }

  /** Picocli takes {@code @file} as a value where there is no such file. */
  private static Stream<String> missingFile(String typed) {
    boolean isMissing = typed.startsWith("@") && !new File(typed.substring(1)).isFile();
    return isMissing
        ? Stream.of(
            "Cannot read options from "
                + typed.substring(1)
                + ": there is no such file. Check the path after the @.")
        : Stream.empty();
  }

  private static String wrong(ParameterException e) {
    String problem = e.getMessage().lines().findFirst().orElse("");
    String command = e.getCommandLine().getCommandName();
    String help = command.equals("spark-lrp") ? "--help" : command + " --help";
    return String.format("Cannot read the command line: %s. Run %s.", problem, help);
  }
}
