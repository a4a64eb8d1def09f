package io.sparklrp.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README says of the reproduction what the numbers say that are kept of it. */
class ReproductionFiguresTest {
  private static final Path KEPT = Path.of("docs/reproduction");
  private static final Set<String> RULE_SETS =
      Set.of("lrp-ah-ln", "lrp", "attnlrp", "relp", "gim", "pa-attnlrp");
  private static final Set<String> MEASURES = Set.of("auac", "au_mse", "aupc");

  /** What the README calls the models; all others are six layers of an encoder. */
  private static final Map<String, String> KINDS =
      Map.of(
          "gpt2-sst2", "a decoder of four layers",
          "sst2-attention", "the paper's form: three blocks of attention alone",
          "vit-mnist", "a vision transformer of four layers");

  private static final String ENCODERS = "encoders of six layers";

  /** How often {@code lrp-stay} is better, cannot be told, and worse. */
  private static final class Counts {
    private int better;
    private int untold;
    private int worse;

    /** Above 0 it is worse, but for an area of errors. */
    void add(JsonNode line) {
      double low = line.get("difference_low").asDouble();
      double high = line.get("difference_high").asDouble();
      boolean isError = line.get("measure").asText().equals("au_mse");
      if (low <= 0 && high >= 0) {
        untold++;
      } else if (low > 0 == isError) {
        better++;
      } else {
        worse++;
      }
    }

    String row(String kind) {
      return String.format("| %s | %d | %d | %d |", kind, better, untold, worse);
    }
  }

  private static List<Path> parts() throws IOException {
    try (Stream<Path> all = Files.list(KEPT)) {
      return all.filter(Files::isDirectory)
          .filter(part -> !name(part).matches("(causes|highlights).*|.*-at-output|stability"))
          .sorted()
          .toList();
    }
  }

  private static String name(Path part) {
    return part.getFileName().toString();
  }

  private static JsonNode read(Path part, String file) throws IOException {
    return new ObjectMapper().readTree(part.resolve(file).toFile());
  }

  private static Map<String, Counts> counted() throws IOException {
    Map<String, Counts> byKind = new TreeMap<>();
    for (Path part : parts()) {
      String kind = KINDS.getOrDefault(read(part, "part.json").get("model").asText(), ENCODERS);
      for (JsonNode line : read(part, "summary.json").get("summary")) {
        boolean isCounted =
            RULE_SETS.contains(line.get("method").asText())
                && MEASURES.contains(line.get("measure").asText())
                && line.get("difference_low").isNumber();
        if (isCounted) {
          byKind.computeIfAbsent(kind, name -> new Counts()).add(line);
        }
      }
    }
    return byKind;
  }

  @Test
  void theReadmeCountsAsTheyDo() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    Map<String, Counts> counted = counted();
    assertThat(counted).containsKey(ENCODERS).containsKeys(KINDS.values().toArray(String[]::new));
    counted.forEach((kind, counts) -> assertThat(readme).contains(counts.row(kind)));
  }

  @Test
  void thePageIsOfThem() throws IOException {
    String page = Files.readString(Path.of("docs/reproduction.md"));
    int better = counted().values().stream().mapToInt(counts -> counts.better).sum();
    int worse = counted().values().stream().mapToInt(counts -> counts.worse).sum();
    assertThat(page).contains(" comparisons better in " + better + ", worse in " + worse + ".");
    for (Path part : parts()) {
      assertThat(page).as("runs of " + name(part)).contains("\n| " + name(part) + " | ");
    }
  }
}
