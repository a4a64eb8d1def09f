package io.sparklrp.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.oracle.SyntheticCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One model in both layouts of its configuration: as published, and as transformers 5 writes it.
 */
class ConfigLayoutTest {
  private static final long SEED = 77;
  private static final long[] IDS = {3, 17, 5, 30, 8, 8, 21};

  @TempDir Path directory;

  private static SyntheticCheckpoint model(String fixture) {
    return SyntheticCheckpoint.of(fixture, SEED)
        .without("rope_parameters", "rope_theta", "rope_scaling", "layer_types");
  }

  private void assertSame(SyntheticCheckpoint published, SyntheticCheckpoint written)
      throws IOException {
    double[] outputs = Forward.outputs(published, directory.resolve("published"), IDS).data();
    assertThat(Forward.outputs(written, directory.resolve("written"), IDS).data())
        .containsExactly(outputs);
  }

  private void assertDifferent(SyntheticCheckpoint one, SyntheticCheckpoint other)
      throws IOException {
    double[] outputs = Forward.outputs(one, directory.resolve("one"), IDS).data();
    assertThat(Forward.outputs(other, directory.resolve("other"), IDS).data())
        .isNotEqualTo(outputs);
  }

  @Test
  void llamasTheta() throws IOException {
    SyntheticCheckpoint published = model("llama-clm").set("rope_theta", "500.0");
    assertSame(
        published,
        model("llama-clm")
            .set("rope_parameters", "{\"rope_type\":\"default\",\"rope_theta\":500}"));
    assertDifferent(published, model("llama-clm"));
  }

  @Test
  void llamasScaling() throws IOException {
    String scaling =
        "\"factor\":8.0,\"low_freq_factor\":1.0,\"high_freq_factor\":4.0,"
            + "\"original_max_position_embeddings\":16,\"rope_type\":\"llama3\"}";
    SyntheticCheckpoint published =
        model("llama31-clm").set("rope_theta", "500.0").set("rope_scaling", "{" + scaling);
    assertSame(
        published, model("llama31-clm").set("rope_parameters", "{\"rope_theta\":500.0," + scaling));
    assertDifferent(published, model("llama31-clm").set("rope_theta", "500.0"));
  }

  @Test
  void gemmasKindsOfLayers() throws IOException {
    SyntheticCheckpoint published = gemma3().set("sliding_window_pattern", "2");
    published.set("rope_theta", "5000.0").set("rope_local_base_freq", "50.0");
    published.set("rope_scaling", "{\"rope_type\": \"linear\", \"factor\": 8.0}");
    String parameters =
        "{\"full_attention\": {\"rope_type\":\"linear\",\"factor\":8,\"rope_theta\":5000.0},"
            + "\"sliding_attention\": {\"rope_type\":\"default\",\"rope_theta\":50.0}}";
    SyntheticCheckpoint written = gemma3().set("rope_parameters", parameters);
    written.set("layer_types", "[\"sliding_attention\", \"full_attention\"]");
    assertSame(published, written);
    assertDifferent(
        published, written.set("layer_types", "[\"full_attention\", \"sliding_attention\"]"));
  }

  private static SyntheticCheckpoint gemma3() {
    SyntheticCheckpoint model = model("gemma3-clm").without("_sliding_window_pattern");
    return model.set("num_hidden_layers", "2").set("sliding_window", "3");
  }

  @Test
  void modernBertsKindsOfLayers() throws IOException {
    SyntheticCheckpoint published = modernBert().set("global_attn_every_n_layers", "2");
    published.set("global_rope_theta", "5000.0").set("local_rope_theta", "50.0");
    String parameters =
        "{\"full_attention\": {\"rope_type\":\"default\",\"rope_theta\":5000.0},"
            + "\"sliding_attention\": {\"rope_type\":\"default\",\"rope_theta\":50.0}}";
    SyntheticCheckpoint written = modernBert().set("rope_parameters", parameters);
    written.set("layer_types", "[\"full_attention\", \"sliding_attention\"]");
    assertSame(published, written);
    assertDifferent(
        published, written.set("layer_types", "[\"sliding_attention\", \"full_attention\"]"));
  }

  private static SyntheticCheckpoint modernBert() {
    return model("modernbert-mlm")
        .without("global_attn_every_n_layers", "global_rope_theta", "local_rope_theta")
        .set("num_hidden_layers", "2")
        .set("local_attention", "4");
  }

  /** Where the configuration has none, local layers use the base of the others. */
  @Test
  void modernBertsMissingLocalBase() throws IOException {
    SyntheticCheckpoint one = modernBert().set("global_rope_theta", "50.0");
    assertSame(
        one.set("local_rope_theta", "null"),
        modernBert().set("global_rope_theta", "50.0").set("local_rope_theta", "50.0"));
  }
}
