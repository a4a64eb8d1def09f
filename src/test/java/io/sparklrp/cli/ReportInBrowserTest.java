package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.spark.LocalSpark;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page in a browser; skipped where there is none. */
@ExtendWith(LocalSpark.class)
class ReportInBrowserTest {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final String AXE = "/axe-core/axe.min.js";
  private static final Pattern FOUND =
      Pattern.compile("<pre id=\"found\">(.*?)</pre>", Pattern.DOTALL);
  private static final String POLICY =
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">";
  private static final long MOST_SECONDS = 120;

  @TempDir Path directory;

  private String browser;

  /** What a browser printed. */
  private record Printed(String out, String err) {}

  @BeforeEach
  void findBrowser() {
    Optional<String> found =
        NAMES.stream()
            .flatMap(
                name ->
                    Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(place -> Path.of(place, name)))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst();
    assumeTrue(found.isPresent(), "there is no chromium on the PATH to look at the page with");
    browser = found.get();
  }

  private Path page() throws IOException {
    Path input =
        LocalSpark.write(
            directory.resolve("in"),
            "id STRING, text STRING, source STRING",
            Stream.concat(
                    Stream.of(
                        LocalSpark.row(
                            "a", "<script>document.title = 'x'</script> \u202e good", "s"),
                        LocalSpark.row("b", "שלום the movie 你好 👩\u200d🔬 was bad", "s"),
                        LocalSpark.row("c", "w".repeat(3000), "t"),
                        LocalSpark.row("d", " ", "t")),
                    Stream.iterate(0, i -> i + 1)
                        .limit(20)
                        .map(i -> LocalSpark.row("r" + i, "the movie was not bad " + i, "s")))
                .toArray(Row[]::new));
    Path output = directory.resolve("out");
    CommandRun.explain(input, output, "--id-column", "id", "--target", "all").done();
    Path lexicon =
        Files.writeString(directory.resolve("terms.csv"), "term,group\nbad,blame\nmovie,things\n");
    Path tables = directory.resolve("tables");
    CommandRun.of(
            "aggregate",
            "--input",
            output.toString(),
            "--output",
            tables.toString(),
            "--by",
            "source",
            "--lexicon",
            lexicon.toString(),
            "--against",
            output.toString())
        .done();
    Path page = directory.resolve("page.html");
    CommandRun.of(
            "report",
            "--input",
            output.toString(),
            "--aggregates",
            tables.toString(),
            "--output",
            page.toString())
        .done();
    return page;
  }

  private Printed open(Path page, String... more) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(browser));
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--no-first-run",
            "--user-data-dir=" + directory.resolve("profile"),
            "--enable-logging=stderr",
            "--virtual-time-budget=20000"));
    command.addAll(List.of(more));
    command.add(page.toUri().toString());
    Path out = directory.resolve("browser.out");
    Path err = directory.resolve("browser.err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    boolean isDone = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(isDone).as("the browser ends by itself").isTrue();
    return new Printed(Files.readString(out), Files.readString(err));
  }

  private static String axe() throws IOException {
    try (InputStream in = ReportInBrowserTest.class.getResourceAsStream(AXE)) {
      assertThat(in).as(AXE).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The same page, told to look at itself. */
  private Path looking(Path page) throws IOException {
    String script =
        "<script>"
            + axe().replace("</script", "<\\/script")
            + "</script><script>axe.run().then(r => { const pre = document.createElement('pre'); pre.id = 'found';"
            + " pre.textContent = JSON.stringify({ title: document.title, wide: document.documentElement.scrollWidth,"
            + " window: window.innerWidth, loaded: performance.getEntriesByType('resource').length,"
            + " violations: r.violations.map(v => ({ id: v.id, impact: v.impact, help: v.help,"
            + " first: v.nodes[0].target.join(' ') })) }); document.body.append(pre); });</script></body>";
    String html = Files.readString(page);
    assertThat(html).contains(POLICY);
    return Files.writeString(
        directory.resolve("looking.html"), html.replace(POLICY, "").replace("</body>", script));
  }

  private JsonNode found(Path page, int width) throws IOException, InterruptedException {
    String dom = open(looking(page), "--window-size=" + width + ",900", "--dump-dom").out();
    Matcher found = FOUND.matcher(dom);
    assertThat(found.find()).as("the page looked at itself").isTrue();
    String json = found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    return new ObjectMapper().readTree(json);
  }

  @Test
  void thePageIsReadableByAll() throws IOException, InterruptedException {
    Path page = page();
    for (int width : new int[] {1280, 500}) {
      JsonNode found = found(page, width);
      List<String> serious = new ArrayList<>();
      found
          .get("violations")
          .forEach(
              one -> {
                if (List.of("serious", "critical").contains(one.get("impact").asText())) {
                  serious.add(one.toString());
                }
              });
      assertThat(serious).as("width %d", width).isEmpty();
      assertThat(found.get("loaded").asInt()).as("width %d", width).isZero();
      assertThat(found.get("wide").asInt())
          .as("nothing is wider than the window of %d", width)
          .isLessThanOrEqualTo(found.get("window").asInt());
      assertThat(found.get("title").asText()).startsWith("What made the model say so");
    }
  }

  /** What is forbidden by the page's policy would be complained of here. */
  @Test
  void nothingIsComplainedOf() throws IOException, InterruptedException {
    Printed printed = open(page(), "--screenshot=" + directory.resolve("page.png"));
    assertThat(printed.err().lines().filter(line -> line.contains("CONSOLE"))).isEmpty();
    assertThat(directory.resolve("page.png")).isNotEmptyFile();
  }
}
