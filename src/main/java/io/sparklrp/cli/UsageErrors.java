package io.sparklrp.cli;

import io.sparklrp.error.Nearest;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * One line about what was typed wrongly; what is announced but not there yet is refused by name.
 */
final class UsageErrors implements IParameterExceptionHandler {
  private static final List<String> LATER_COMMANDS = List.of("report");

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
    return String.format("Cannot read the command line: %s. %sRun %s.", problem, meant(e), help);
  }

  /** An option that was probably meant. */
  private static String meant(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched) || !unmatched.isUnknownOption()) {
      return "";
    }
    List<String> options =
        e.getCommandLine().getCommandSpec().options().stream()
            .flatMap(option -> Arrays.stream(option.names()))
            .toList();
    String written = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
    return Nearest.to(written, options).map(name -> "Did you mean " + name + "? ").orElse("");
  }
}
