package io.sparklrp.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

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
    e.getCommandLine().getErr().println("spark-lrp: " + message(e));
    return ExitCode.USAGE;
  }

  private static String message(ParameterException e) {
    String typed =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getUnmatched().get(0) : "";
    String name = typed.replaceAll("=.*", "");
    if (LATER_COMMANDS.contains(name)) {
      return "Cannot run "
          + name
          + ": this command does not exist yet. Run --help for those that do.";
    }
    if (LATER_OPTIONS.containsKey(name)) {
      return String.format(
          "Cannot use %s: this option does not exist yet. %s; leave it out.",
          name, LATER_OPTIONS.get(name));
    }
    String problem = e.getMessage().lines().findFirst().orElse("");
    String command = e.getCommandLine().getCommandName();
    String help = command.equals("spark-lrp") ? "--help" : command + " --help";
    return String.format("Cannot read the command line: %s. Run %s.", problem, help);
  }
}
