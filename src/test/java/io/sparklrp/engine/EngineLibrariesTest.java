package io.sparklrp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ai.djl.engine.Engine;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.onnxruntime.engine.OrtEngineProvider;
import io.sparklrp.ChildJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Libraries of another program that come first are used, or refused by name. */
class EngineLibrariesTest {
  @TempDir Path directory;

  /** Starts the tokenizers and the engine, and prints what goes wrong. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] arguments) {
      try {
        DjlEngine.configure();
        DjlEngine.start();
      } catch (RuntimeException e) {
        System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Engine.class, OrtEngineProvider.class, HuggingFaceTokenizer.class})
  void anotherVersionOfDjlIsRefused(Class<?> part) throws Exception {
    ChildJvm.Outcome outcome =
        new ChildJvm().after(labelled(part, "0.30.0")).run(Probe.class.getName());

    assertThat(outcome.lines())
        .singleElement()
        .asString()
        .startsWith("UserException: Cannot use DJL")
        .contains(" 0.30.0: other.jar comes first", EngineLibraries.DJL + " is needed. Take that");
  }

  @Test
  void theSameVersionOfDjlFromElsewhereIsUsed() throws Exception {
    Path other = labelled(Engine.class, EngineLibraries.DJL);
    assertThat(new ChildJvm().after(other).run(Probe.class.getName()).lines()).isEmpty();
  }

  @Test
  void theVersionsAreThoseOfTheBuild() {
    DjlEngine.start();
    assertThatCode(EngineLibraries::checkDjl).doesNotThrowAnyException();
    assertThatCode(EngineLibraries::checkOnnxRuntime).doesNotThrowAnyException();
    assertThat(Engine.class.getPackage().getSpecificationVersion()).isEqualTo(EngineLibraries.DJL);
  }

  @ParameterizedTest
  @CsvSource({
    "1.20.0, true",
    "1.26.0, true",
    "1.100.3-rc1, true",
    "1.20+cuda, true",
    "1.19.2, false",
    "1.3.0, false",
    "2.21.0, false",
    "0.21.0, false",
    "1, false",
    "1.x, false",
    "unknown, false"
  })
  void anOldOnnxRuntimeIsRefused(String version, boolean isGoodEnough) {
    assertThat(EngineLibraries.reaches(version, "1.20.0")).isEqualTo(isGoodEnough);
  }

  @Test
  void whatDjlMissesInOnnxRuntimeIsToldSo() {
    NoSuchMethodError e = new NoSuchMethodError("'ai.onnxruntime.OrtEnvironment.of()'");
    assertThat(EngineLibraries.unfitOnnxRuntime(e))
        .hasCause(e)
        .hasMessageMatching(
            "Cannot use ONNX Runtime of another version: \\S+ comes first .+ is needed\\. .+\\.");
  }

  /** A jar with the classes of a package, which says that it is of a version. */
  private Path labelled(Class<?> part, String version) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.SPECIFICATION_VERSION, version);
    String folder = part.getPackageName().replace('.', '/') + "/[^/]+";
    Path other = directory.resolve("other.jar");
    Path source = Path.of(part.getProtectionDomain().getCodeSource().getLocation().getPath());
    try (JarFile from = new JarFile(source.toFile());
        OutputStream file = Files.newOutputStream(other);
        JarOutputStream to = new JarOutputStream(file, manifest)) {
      for (JarEntry entry : Collections.list(from.entries())) {
        if (entry.getName().matches(folder)) {
          to.putNextEntry(new JarEntry(entry.getName()));
          from.getInputStream(entry).transferTo(to);
        }
      }
    }
    return other;
  }
}
