package io.sparklrp.cli;

import io.sparklrp.error.Nearest;
import java.io.File;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One line about what was typed wrongly. */
final class UsageErrors implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException e, String[] args) {
    String message =
        Arrays.stream(args).flatMap(UsageErrors::missingFile).findFirst().orElseGet(() -> wrong(e));
    e.getCommandLine().getErr().println("spark-lrp: " + message);
    return ExitCode.USAGE;
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

  /** An option, or a command, that was probably meant. */
  private static String meant(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    CommandSpec command = e.getCommandLine().getCommandSpec();
    Collection<String> known =
        unmatched.isUnknownOption()
            ? command.options().stream().flatMap(o -> Arrays.stream(o.names())).toList()
            : command.subcommands().keySet();
    String written = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
    return Nearest.to(written, known).map(name -> "Did you mean " + name + "? ").orElse("");
  }
}
