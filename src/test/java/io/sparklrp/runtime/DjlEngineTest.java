package io.sparklrp.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * DJL reads its switches from the environment first, then from system properties. This JVM may have
 * them from the build, so another one without them is asked.
 */
class DjlEngineTest {
  private static final Set<String> SWITCHES = Set.of("DJL_OFFLINE", "OPT_OUT_TRACKING");

  private static String probe() throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlog4j2.configurationFile=conf/log4j2.properties",
                "-cp",
                System.getProperty("java.class.path"),
                EngineProbe.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(SWITCHES);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void isOfflineAndDoesNotCallHome() throws Exception {
    assertThat(probe().lines())
        .contains(
            "offline true", "opted out true", "last call home 0", "alternative engine off true");
  }
}
