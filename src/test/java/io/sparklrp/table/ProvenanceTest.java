package io.sparklrp.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
  private static Provenance of(Map<String, String> parameters) {
    return new Provenance(1, "hash", "lrp-stay", "run", parameters, "1.2");
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
  void aVersionIsAlwaysKnown() {
    assertThat(Provenance.runningVersion()).isNotBlank();
  }
}
