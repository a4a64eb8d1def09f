package io.sparklrp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.ChildJvm;
import org.junit.jupiter.api.Test;

/**
 * DJL reads its switches from the environment first, then from system properties. This JVM may have
 * them from the build, so another one without them is asked.
 */
class DjlEngineTest {
  @Test
  void isOfflineAndDoesNotCallHome() throws Exception {
    ChildJvm.Outcome probe = new ChildJvm().run(EngineProbe.class);
    assertThat(probe.exitCode()).as(probe.lines().toString()).isZero();
    assertThat(probe.lines())
        .contains(
            "offline true", "opted out true", "last call home 0", "alternative engine off true");
  }
}
