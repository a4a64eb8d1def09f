package io.sparklrp.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two runs of the same identity give each record the same rows. */
class ResultIdentityTest {
  private static ResultIdentity of(String model, String method, Map<String, String> parameters) {
    return ResultIdentity.of(model, method, parameters);
  }

  @Test
  void whateverChangesAResultChangesIt() {
    ResultIdentity one = of("m", "lrp", Map.of("target", "predicted"));
    List<ResultIdentity> others =
        List.of(
            of("n", "lrp", Map.of("target", "predicted")),
            of("m", "lrp-stay", Map.of("target", "predicted")),
            of("m", "lrp", Map.of("target", "1")),
            of("m", "lrp", Map.of("target", "predicted", "max-length", "9")),
            new ResultIdentity(1, "m", "lrp", Map.of("target", "predicted")));
    for (ResultIdentity other : others) {
      assertThat(other.hash()).isNotEqualTo(one.hash()).hasSize(16);
      assertThat(one.differencesFrom(other)).hasSize(1);
    }
  }

  @Test
  void howRecordsAreBatchedDoesNot() {
    ResultIdentity one = of("m", "lrp", Map.of("batch-tokens", "9"));
    ResultIdentity other = of("m", "lrp", Map.of("batch-tokens", "10"));
    assertThat(one.hash()).isEqualTo(other.hash());
    assertThat(one.differencesFrom(other)).isEmpty();
  }

  @Test
  void differencesAreSaidByName() {
    ResultIdentity asked = of("m", "lrp", Map.of("target", "1"));
    ResultIdentity found = of("m", "lrp-stay", Map.of("target", "1", "stride", "8"));
    assertThat(asked.differencesFrom(found))
        .containsExactly("method lrp-stay instead of lrp", "stride 8 instead of (none)");
  }
}
