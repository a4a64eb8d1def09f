package io.sparklrp.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.oracle.UserMessage;
import io.sparklrp.relevance.NodeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The list of methods, and what is made of it. */
class MethodsTest {
  private static final Set<NodeKind> ALIKE = EnumSet.of(NodeKind.LINEAR, NodeKind.UNKNOWN);

  @Test
  void namesAreDifferent() {
    assertThat(Methods.all()).extracting(Method::id).doesNotHaveDuplicates();
    assertThat(Methods.all()).extracting(Method::description).doesNotHaveDuplicates();
  }

  @Test
  void eachIsFoundByItsName() {
    assertThat(Methods.all())
        .isNotEmpty()
        .allSatisfy(method -> assertThat(Methods.named(method.id())).isSameAs(method));
  }

  @Test
  void aNameThatThereIsNotIsToldAllThatThereAre() {
    UserMessage.of(() -> Methods.named("LRP"))
        .contains(Methods.all().stream().map(Method::id).toArray(String[]::new));
  }

  /** No place has a say in another's kinds, and none is left without a rule. */
  @ParameterizedTest
  @MethodSource("io.sparklrp.method.Methods#all")
  void eachKindOfNodeHasItsRuleFromOnePlace(Method method) {
    if (method instanceof Gradient gradient) {
      List<NodeKind> kinds = new ArrayList<>();
      List.of(gradient.attention(), gradient.normalisation(), gradient.activations())
          .forEach(place -> kinds.addAll(place.rules().keySet()));
      assertThat(kinds)
          .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.copyOf(ALIKE)));
    }
  }

  /** Where several are named, options stand behind their colons: users try it everywhere. */
  @Test
  void optionsBehindANameAreToldApart() {
    UserMessage.of(() -> Methods.named("lrp-stay:stay-query=0.5:bias=to-tokens"))
        .isEqualTo(
            "Cannot use method 'lrp-stay:stay-query=0.5:bias=to-tokens': where one method is named, what is said of it is an"
                + " option. Give lrp-stay, and --stay-query 0.5 --bias to-tokens.");
  }

  /** The README's table of gradient methods has a row for each, and says what its parts say. */
  @Test
  void readmeSaysTheSame() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("README.md"));
    List<String> section = lines.subList(lines.indexOf("## Methods") + 1, lines.size());
    List<String> rows =
        section.stream()
            .takeWhile(line -> !line.startsWith("#"))
            .filter(line -> line.startsWith("| `") && !line.startsWith("| `--method`"))
            .map(line -> line.replace(" (default)", ""))
            .toList();
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Methods.all().stream()
                .filter(Gradient.class::isInstance)
                .map(method -> row((Gradient) method))
                .toList());
  }

  /** So does its table of the others. */
  @Test
  void readmeListsTheOthers() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("README.md"));
    List<String> section =
        lines.subList(lines.indexOf("### Methods to compare with") + 1, lines.size());
    assertThat(section.stream().takeWhile(line -> !line.startsWith("#")))
        .filteredOn(line -> line.startsWith("| `") && !line.startsWith("| `--method`"))
        .containsExactlyElementsOf(
            Methods.all().stream()
                .filter(method -> !(method instanceof Gradient))
                .map(method -> String.format("| `%s` | %s |", method.id(), method.description()))
                .toList());
  }

  private static String row(Gradient method) {
    return String.format(
        "| `%s` | %s | %s | %s | %s |",
        method.id(),
        method.attention().words(),
        method.normalisation().words(),
        method.activations().words(),
        method.conservation().words());
  }
}
