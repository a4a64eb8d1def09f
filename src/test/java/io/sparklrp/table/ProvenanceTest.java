package io.sparklrp.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
  private static Provenance of(Map<String, String> parameters) {
    return new Provenance(
        3,
        "demo",
        "hash",
        "lrp-stay",
        List.of("predicted", "very good"),
        "run",
        parameters,
        "1.2",
        "patch=16");
  }

  @Test
  void parametersAreSorted() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("target", "predicted");
    parameters.put("columns", "text");
    parameters.put("max-length", "128");
    assertThat(of(parameters).parameters().keySet())
        .containsExactly("columns", "max-length", "target");
  }

  @Test
  void parametersCannotBeChangedAfterwards() {
    Map<String, String> parameters = new HashMap<>(Map.of("target", "predicted"));
    Provenance provenance = of(parameters);
    parameters.put("target", "1");
    assertThat(provenance.parameters()).containsExactly(Map.entry("target", "predicted"));
    assertThatThrownBy(() -> provenance.parameters().put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void whatIsWrittenIsRead() {
    Provenance written = of(Map.of("max-length", "128"));
    assertThat(Provenance.parse(written.json())).isEqualTo(written);
    String ofLater =
        written.json().replace("{\"schemaVersion\":3", "{\"more\":1,\"schemaVersion\":9");
    assertThat(Provenance.parse(ofLater).schemaVersion()).isEqualTo(9);
    assertThatThrownBy(() -> Provenance.parse("none")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aVersionIsAlwaysKnown() {
    assertThat(Provenance.runningVersion()).isNotBlank();
  }
}
