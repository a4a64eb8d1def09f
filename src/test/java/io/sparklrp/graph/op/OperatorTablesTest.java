package io.sparklrp.graph.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Operators are described in {@code graph.op}, and listed nowhere else: what one table knows of an
 * operator and another does not is how wrong results came about.
 */
class OperatorTablesTest {
  private static final Path SOURCES = Path.of("src/main/java/io/sparklrp");

  /** Files that name several operators nevertheless, and why. */
  private static final Map<String, String> ALLOWED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("graph/flow/RecordNumbers.java", "a pattern: number of record times size"),
              Map.entry("graph/pass/FactorRules.java", "what keeps a matrix in factors"),
              Map.entry("graph/pass/Selection.java", "the two forms of a selection of rows"),
              Map.entry("graph/raise/Matching.java", "what patterns look through"),
              Map.entry("graph/raise/QuotientPattern.java", "the roots of a pattern"),
              Map.entry("graph/raise/ReshapeTargets.java", "the two operators that it simplifies"),
              Map.entry("onnx/FusedOperators.java", "activations that a fused operator may name"),
              Map.entry("onnx/OnnxModelFile.java", "operators that end graphs of probabilities"),
              Map.entry("onnx/QuantisedRows.java", "a pattern: how rows are dequantised"),
              Map.entry(
                  "onnx/StandardOperators.java", "forms of other opsets, operator by operator"),
              Map.entry("relevance/NodeKinds.java", "which kinds rules tell apart"),
              Map.entry("relevance/RuleSet.java", "the rule of each linear operator"),
              Map.entry(
                  "relevance/rule/activation/ActivationFunctions.java",
                  "the derivative of each activation function")));

  private static final Pattern LIST =
      Pattern.compile("(?:Set|List|Map)\\.(?:of|entry)\\(|\\.put\\(|case (?=\")");
  private static final Pattern LITERAL = Pattern.compile("\"([^\"\\n]*)\"|[()]|->|;");

  private static final Set<String> NAMES =
      Operators.all().stream()
          .map(operator -> operator.name().replaceAll("^.*\\.", ""))
          .collect(Collectors.toSet());

  /** Names of operators that are elements of lists, sets and maps, or cases, of a source. */
  static Set<String> tabled(String source) {
    Set<String> found = new TreeSet<>();
    Matcher tables = LIST.matcher(source);
    while (tables.find()) {
      found.addAll(elements(source.substring(tables.end())));
    }
    return found;
  }

  /** Names up to the end of a list or case, without what is in parentheses there. */
  private static Set<String> elements(String source) {
    Set<String> found = new TreeSet<>();
    Matcher parts = LITERAL.matcher(source);
    int depth = 0;
    while (depth >= 0 && parts.find()) {
      String part = parts.group();
      depth += part.equals("(") ? 1 : part.equals(")") ? -1 : 0;
      if (depth == 0 && (part.equals("->") || part.equals(";"))) {
        return found;
      }
      if (depth == 0 && NAMES.contains(String.valueOf(parts.group(1)))) {
        found.add(parts.group(1));
      }
    }
    return found;
  }

  private static String source(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void operatorsAreListedWhereTheyAreDescribed() throws IOException {
    Map<String, Set<String>> tables = new TreeMap<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(
              file -> {
                String name = SOURCES.relativize(file).toString().replace('\\', '/');
                Set<String> tabled = tabled(source(file));
                if (tabled.size() > 1 && !name.startsWith("graph/op/")) {
                  tables.put(name, tabled);
                }
              });
    }
    assertThat(tables.keySet())
        .as("ask graph.op.Operators instead, or say here why not: %s", tables)
        .isEqualTo(ALLOWED.keySet());
  }

  @Test
  void setsAndCasesAreSeen() {
    assertThat(tabled("Set.of(\n  \"Add\", \"Mul\") case \"Gather\", \"Slice\" -> x"))
        .containsExactly("Add", "Gather", "Mul", "Slice");
    assertThat(tabled("Map.of(\"Erf\", new Gelu(\"Cos\"), \"Sin\", 2) all.put(\"Exp\", x -> y)"))
        .containsExactly("Erf", "Exp", "Sin");
    assertThat(tabled("ops.op(\"y\", \"Tanh\", List.of(ops.mul(\"Mul\"))) List.of(\"labels\")"))
        .isEmpty();
  }
}
