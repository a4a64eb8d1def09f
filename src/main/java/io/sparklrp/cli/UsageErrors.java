package io.sparklrp.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/**
 * One line about what was typed wrongly; what is announced but not there yet is refused by name.
 */
final class UsageErrors implements IParameterExceptionHandler {
  private static final List<String> LATER_COMMANDS =
      List.of("evaluate", "aggregate", "report", "verify");
  private static final Map<String, String> LATER_OPTIONS =
      Map.of(
          "--stride", "Longer texts are cut at --max-length, and say so",
          "--ledger", "The ledger is written by layer",
          "--at", "The word embeddings are explained",
          "--gamma", "The plain rules are used",
          "--epsilon", "The plain rules are used");

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    String message =
        Arrays.stream(args)
            .map(UsageErrors::later)
            .flatMap(Optional::stream)
            .findFirst()
            .orElseGet(() -> wrong(e));
    e.getCommandLine().getErr().println("spark-lrp: " + message);
    return ExitCode.USAGE;
  }

  /** The message for a command or option that does not exist yet. */
  private static Optional<String> later(String typed) {
    String name = typed.replaceAll("=.*", "");
    if (LATER_COMMANDS.contains(name)) {
      return Optional.of(
          "Cannot run "
              + name
              + ": this command does not exist yet. Run --help for those that do.");
    }
    return Optional.ofNullable(LATER_OPTIONS.get(name))
        .map(
            instead ->
                "Cannot use "
                    + name
                    + ": this option does not exist yet. "
                    + instead
                    + "; leave it out.");
  }

  private static String wrong(ParameterException e) {
    String problem = e.getMessage().lines().findFirst().orElse("");
    String command = e.getCommandLine().getCommandName();
    String help = command.equals("spark-lrp") ? "--help" : command + " --help";
    return String.format("Cannot read the command line: %s. Run %s.", problem, help);
  }
}
