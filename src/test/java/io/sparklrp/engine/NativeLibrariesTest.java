package io.sparklrp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Native libraries that do not load are called that, and not a broken tokenizer or model. */
class NativeLibrariesTest {
  @TempDir Path directory;
  private Path file;

  /** Uses the tokenizer, or the engine, and prints what goes wrong, twice. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] arguments) {
      for (int i = 0; i < 2; i++) {
        try {
          if (arguments[0].equals("engine")) {
            DjlEngine.start();
          } else {
            DjlEngine.configure();
          }
        } catch (RuntimeException e) {
          System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
      }
    }
  }

  @BeforeEach
  void makeFile() throws IOException {
    file = Files.createFile(directory.resolve("file"));
  }

  private static void assertRefused(ChildJvm.Outcome outcome, String... parts) {
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.lines())
        .filteredOn(line -> !line.contains("stack guard") && !line.contains("execstack"))
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .matches("UserException: Cannot \\w+ native libraries: .+[^.]\\. \\w.+\\.")
                    .contains(parts)
                    .doesNotContain("tokenizer again", "null"));
  }

  @Test
  void ofTheTokenizerWhereTheCacheIsNoDirectory() throws Exception {
    assertRefused(
        new ChildJvm()
            .withVariable("DJL_CACHE_DIR", file.resolve("cache"))
            .run(Probe.class, "tokenizer"),
        file.toString(),
        "DJL_CACHE_DIR");
  }

  @Test
  void ofTheEngineWhereTheTemporaryDirectoryIsNone() throws Exception {
    assertRefused(
        new ChildJvm().with("java.io.tmpdir", file.resolve("tmp")).run(Probe.class, "engine"),
        file.toString(),
        "java.io.tmpdir");
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void thatAreDamaged() throws Exception {
    Path damaged = directory.resolve("libtokenizers.so");
    Files.writeString(damaged, "no library");
    ChildJvm jvm = new ChildJvm().withVariable("RUST_LIBRARY_PATH", damaged);
    assertRefused(jvm.run(Probe.class, "tokenizer"), "Cannot load native libraries");
  }

  @Test
  void loadWhereNothingIsInTheirWay() throws Exception {
    ChildJvm jvm = new ChildJvm().withVariable("DJL_CACHE_DIR", directory.resolve("cache"));
    assertThat(jvm.run(Probe.class, "tokenizer").lines()).isEmpty();
    assertThat(directory.resolve("cache")).isDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, true",
    "Linux, aarch64, true",
    "Mac OS X, aarch64, true",
    "Mac OS X, x86_64, false",
    "Windows 11, amd64, false",
    "Linux, s390x, false"
  })
  void areThereForSomeSystems(String system, String processor, boolean supported) {
    assertThat(NativeLibraries.isSupported(system, processor)).isEqualTo(supported);
  }

  @ParameterizedTest
  @CsvSource({
    "/tmp/l.so: failed to map segment from shared object, noexec",
    "/tmp/l.so: Operation not permitted, noexec",
    "/lib/libm.so.6: version `GLIBC_2.27' not found (required by /tmp/l.so), glibc",
    "Error loading shared library ld-linux-x86-64.so.2: No such file or directory, musl",
    "/tmp/l.so: file too short, empty directories"
  })
  void saysWhatToDo(String message, String advice) {
    assertThat(NativeLibraries.linkAdvice(message)).contains(advice).endsWith(".");
  }
}
