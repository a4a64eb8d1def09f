package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.forward.Architectures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The README names what there is, and nothing else. */
class ReadmeTest {
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*[a-z]");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** Of {@code spark-submit}, Maven and scripts. */
  private static final Set<String> OF_OTHERS =
      Set.of("--master", "--num-executors", "--conf", "--jars", "--peers", "--epochs", "--help");

  private static String readme() throws IOException {
    return Files.readString(Path.of("README.md"));
  }

  private static Set<String> options() {
    return Main.commands().getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .map(CommandSpec::options)
        .flatMap(options -> options.stream())
        .filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
        .map(CommandLine.Model.OptionSpec::longestName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void allOptionsAreThere() throws IOException {
    Set<String> named = new TreeSet<>();
    Matcher found = OPTION.matcher(readme());
    while (found.find()) {
      named.add(found.group());
    }
    assertThat(named).containsAll(options());
    named.removeAll(options());
    assertThat(OF_OTHERS).as("options that no command has").containsAll(named);
  }

  @Test
  void allArchitecturesAreThere() throws IOException {
    Set<String> named = new TreeSet<>();
    readme()
        .lines()
        .filter(line -> line.matches("\\| (encoders|decoders|images) \\|.*"))
        .map(CODE::matcher)
        .forEach(
            codes -> {
              while (codes.find()) {
                named.add(codes.group(1));
              }
            });
    assertThat(named).containsExactlyElementsOf(Architectures.modelTypes());
  }
}
