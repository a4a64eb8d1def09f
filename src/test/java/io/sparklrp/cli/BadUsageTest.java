package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is typed wrongly is refused before Spark starts, in one or two lines. */
class BadUsageTest {
  private static final String GOOD = "explain --model demo --input a --output b ";

  private static CommandRun run(String line) {
    return CommandRun.of(
        Stream.of(line.split(" ")).filter(s -> !s.isEmpty()).toArray(String[]::new));
  }

  @Test
  void noCommand() {
    run("").refused("command", "--help");
  }

  @Test
  void aCommandThatIsNone() {
    run("expalin --model demo").refused("expalin", "--help");
  }

  @Test
  void anOptionThatIsNone() {
    run(GOOD + "--text-column report --bogus").refused("'--bogus'", "explain --help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "explain",
        "check-model",
        "evaluate",
        "aggregate",
        "report",
        "show",
        "verify"
      })
  void everyCommandNamesItsHelp(String command) {
    run(command + " --bogus").refused("Cannot read the command line: ", command + " --help");
  }

  @ParameterizedTest
  @CsvSource({
    "explian, 'explian', Did you mean explain? Run --help",
    "check, 'check', Run --help",
    "agregate --input a, 'agregate', Did you mean aggregate?",
  })
  void aCommandThatIsNone(String typed, String named, String meant) {
    run(typed).refused(named, meant);
  }

  @ParameterizedTest
  @CsvSource({
    "--bogus, '--bogus'",
    "--metod lrp, Did you mean --method? Run explain --help",
    "extra, 'extra'",
    "--batch-tokens many, 'many'",
    "--batch-tokens 0, --batch-tokens 0",
    "--stride -1, --stride -1",
    "--limit -1, --limit -1",
    "--max-error-rate 1.5, --max-error-rate 1.5",
    "--on-error ignore, 'ignore'",
    "--mode replace, --mode replace",
    "--without tokens, --without tokens",
    "--read-option header, --read-option",
    "--method lrp --method lrp, --method",
  })
  void optionsAndValuesThatAreNone(String typed, String named) {
    run(GOOD + typed).refused(named);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--input a --input-table t --output b",
        "--output b",
      })
  void notExactlyOneInput(String places) {
    run("explain --model demo " + places).refused("--input and --input-table", "exactly one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--output a --output-table t --input b",
        "--input b",
      })
  void notExactlyOneOutput(String places) {
    run("explain --model demo " + places).refused("--output and --output-table", "exactly one");
  }

  @Test
  void noModel() {
    run("explain --input a --output b").refused("--model", "explain --help");
  }

  @Test
  void aFileOfOptionsThatIsNotThere() {
    run("explain @jobs/nosuch.args").refused("Cannot read options from jobs/nosuch.args");
  }

  @Test
  void helpIsNoError() {
    CommandRun help = run("explain --help").done();
    assertThat(help.out()).contains("--text-pair-column", "--max-error-rate");
    assertThat(run("--version").done().out()).startsWith("spark-lrp ");
  }
}
