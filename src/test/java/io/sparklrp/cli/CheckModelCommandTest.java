package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckModelCommandTest {
  private static List<String> check(String method) {
    return CommandRun.of("check-model", "--model", CommandRun.TINY_MODEL, "--method", method)
        .done()
        .out()
        .lines()
        .toList();
  }

  @Test
  void printsTheRuleOfEachOperator() {
    List<String> lines = check("lrp-stay");
    assertThat(lines.get(0)).matches("node +operator +kind +rule of lrp-stay");
    assertThat(lines)
        .anyMatch(
            line ->
                line.matches(
                    "bert\\.encoder\\.layer\\.1\\.attention\\.self\\.weights +Softmax +attention weights +constant"))
        .anyMatch(
            line -> line.matches(".*self\\.context +MatMul +attention values +staying attention"))
        .anyMatch(
            line -> line.matches(".*LayerNorm\\.norm +LayerNorm\\w+ +normalisation +.*constant"))
        .anyMatch(line -> line.matches("classifier\\.product +\\S+ +linear +linear"))
        .noneMatch(line -> line.endsWith("NONE"));
  }

  @ParameterizedTest
  @MethodSource("io.sparklrp.method.Methods#all")
  void testsEveryMethodInNumbers(Method method) {
    List<String> lines = check(method.id());
    String verdict = method.isConservative() ? "passed" : "(not conservative: reported only)";
    assertThat(lines)
        .anyMatch(line -> line.startsWith("ledger of " + method.id()) && line.endsWith(verdict))
        .anyMatch(line -> line.startsWith("gradient against finite") && line.endsWith("passed"));
  }

  @Test
  void methodsDifferInTheirRules() {
    assertThat(check("gradient-x-input"))
        .noneMatch(line -> line.contains("constant"))
        .anyMatch(line -> line.matches(".*self\\.weights +Softmax +attention weights +\\S.*"));
  }

  @Test
  void printsThePlanOfAMethod() {
    String[] arguments = {"check-model", "--model", CommandRun.TINY_MODEL, "--plan", "--method"};
    List<String> plan =
        CommandRun.of(CommandRun.join(arguments, "lrp")).done().out().lines().toList();
    assertThat(plan)
        .contains("append / lrp: " + Methods.LRP.description())
        .anyMatch(line -> line.startsWith("prune / slice pushdown: "))
        .anyMatch(
            line -> line.matches("  \\* ~\\.intermediate\\.dense\\.gelu: .* -> \\[batch, 1, 64]"))
        .noneMatch(line -> line.startsWith("ledger of"));
    assertThat(CommandRun.of(CommandRun.join(arguments, "lrp-stay")).done().out().lines().toList())
        .isNotEqualTo(plan);
  }

  /** Of a token classifier, whose relevance pass becomes the body of a loop over entities. */
  @Test
  void planSaysWhatWentIntoALoop() {
    String model = "src/test/resources/golden/bert-tokcls";
    assertThat(CommandRun.of("check-model", "--model", model, "--plan").done().out())
        .containsPattern("\\+ .*= Scan\\(")
        .containsPattern("\\+     \\d+ nodes from outside");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check-model", "demo", "explain"})
  void helpListsTheMethods(String command) {
    String help = CommandRun.of(command, "--help").done().out().replaceAll("\\s+", " ");
    Methods.all()
        .forEach(method -> assertThat(help).contains(method.id() + " " + method.description()));
  }
}
