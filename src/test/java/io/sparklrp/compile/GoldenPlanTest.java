package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.GraphText;
import io.sparklrp.graph.pass.PassStep;
import io.sparklrp.graph.pass.Plan;
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.GoldenFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is done to a model of each kind, pass by pass, is what is written down: a change of any pass
 * or rule is seen in the difference of the files. {@code -Dplans.write=true} writes them anew.
 */
class GoldenPlanTest {
  private static final Path PLANS = Path.of("src/test/resources/plans");

  @TempDir Path directory;

  /** An encoder, a decoder whose heads share keys and values, and a model of pictures. */
  @ParameterizedTest
  @ValueSource(strings = {"bert-seqcls", "llama-clm", "vit-imgcls"})
  void planOfACheckpoint(String fixture) throws IOException {
    compare(fixture, GoldenFixture.of(fixture).directory());
  }

  @ParameterizedTest
  @ValueSource(strings = "bert-seqcls-torchscript-14")
  void planOfAnOnnxFile(String name) throws IOException {
    Path checkpoint = GoldenFixture.of(name.replaceAll("-torchscript-14$", "")).directory();
    Path file = directory.resolve("model.onnx");
    Files.copy(Path.of("src/test/resources/onnx", name + ".onnx"), file);
    for (String beside : List.of("config.json", "tokenizer.json")) {
      Files.copy(checkpoint.resolve(beside), directory.resolve(beside));
    }
    compare(name, file);
  }

  /** Otherwise a change could go unseen. */
  @ParameterizedTest
  @MethodSource("io.sparklrp.oracle.GoldenFixture#names")
  void nothingToDoIsSaidOfEqualGraphsAlone(String fixture) {
    ModelAssembly assembly = ModelAssembly.open(GoldenFixture.of(fixture).directory());
    Plan plan = assembly.plan(Methods.ATTNLRP);
    assertThat(plan.steps()).hasSizeGreaterThan(4);
    for (PassStep step : plan.steps()) {
      Plan alone = new Plan();
      alone.ran(step);
      boolean isSame =
          Set.copyOf(GraphText.lines(step.before()))
              .equals(Set.copyOf(GraphText.lines(step.after())));
      assertThat(alone.lines().contains("nothing to do")).as("%s", step.pass()).isEqualTo(isSame);
    }
  }

  private static void compare(String name, Path model) throws IOException {
    List<String> plan = ModelAssembly.open(model).plan(Methods.LRP_STAY).lines();
    Path file = PLANS.resolve(name + ".txt");
    if (Boolean.getBoolean("plans.write")) {
      Files.createDirectories(PLANS);
      Files.write(file, plan);
    }
    assertThat(plan)
        .as("%s: see what is different with -Dplans.write=true and git diff", file)
        .containsExactlyElementsOf(Files.readAllLines(file));
  }
}
