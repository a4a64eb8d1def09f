package io.sparklrp.cli;

import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code check-model} finds models wherever {@code explain} does: with Spark's Hadoop settings. */
class HadoopSettingsTest {
  private static final String FILE_SYSTEM = "spark.hadoop.fs.lake.impl";

  /** Local files under another scheme, which only the settings know. */
  public static final class Lake extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("lake:///");
    }

    @Override
    public String getScheme() {
      return "lake";
    }
  }

  private static String model() {
    return "lake://" + Path.of(CommandRun.TINY_MODEL).toAbsolutePath();
  }

  @BeforeEach
  void giveSettings() {
    System.setProperty(FILE_SYSTEM, Lake.class.getName());
  }

  @AfterEach
  void takeThemAway() {
    System.clearProperty(FILE_SYSTEM);
  }

  @Test
  void checkModelReadsThem() {
    CommandRun.of("check-model", "--model", model()).done();
  }

  @Test
  void withoutThemTheModelIsNotFound() {
    System.clearProperty(FILE_SYSTEM);
    CommandRun.of("check-model", "--model", model()).refused("lake", "checkpoint's directory");
  }
}
