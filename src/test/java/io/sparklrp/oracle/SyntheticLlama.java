package io.sparklrp.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Llama language model with seeded random weights, of any size.
 *
 * @param heads number of query heads
 * @param groups number of key and value heads
 * @param deviation standard deviation of its weights
 */
public record SyntheticLlama(
    int vocabulary,
    int positions,
    int hidden,
    int intermediate,
    int layers,
    int heads,
    int groups,
    double deviation,
    long seed) {
  /** Twelve layers, four query heads for each key and value head: what the bench measures. */
  public static SyntheticLlama small() {
    return new SyntheticLlama(8000, 512, 512, 1376, 12, 8, 2, 0.04, 20230227);
  }

  /** Writes {@code config.json} and {@code model.safetensors}; the tokenizer is the caller's. */
  public Path write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("config.json"), config());
    SafetensorsWriter.random(directory.resolve("model.safetensors"), shapes(), deviation, seed);
    return directory;
  }

  private String config() {
    return """
        {"model_type": "llama", "architectures": ["LlamaForCausalLM"],
         "vocab_size": %d, "hidden_size": %d, "num_hidden_layers": %d, "num_attention_heads": %d,
         "num_key_value_heads": %d, "intermediate_size": %d, "max_position_embeddings": %d,
         "hidden_act": "silu", "rms_norm_eps": 1e-5, "rope_theta": 10000.0,
         "tie_word_embeddings": false}
        """
        .formatted(vocabulary, hidden, layers, heads, groups, intermediate, positions);
  }

  /** The tensors' shapes by name. */
  public Map<String, int[]> shapes() {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    shapes.put("model.embed_tokens.weight", new int[] {vocabulary, hidden});
    int narrow = hidden / heads * groups;
    for (int layer = 0; layer < layers; layer++) {
      String prefix = "model.layers." + layer + ".";
      norm(shapes, prefix + "input_layernorm");
      linear(shapes, prefix + "self_attn.q_proj", hidden, hidden);
      linear(shapes, prefix + "self_attn.k_proj", hidden, narrow);
      linear(shapes, prefix + "self_attn.v_proj", hidden, narrow);
      linear(shapes, prefix + "self_attn.o_proj", hidden, hidden);
      norm(shapes, prefix + "post_attention_layernorm");
      linear(shapes, prefix + "mlp.gate_proj", hidden, intermediate);
      linear(shapes, prefix + "mlp.up_proj", hidden, intermediate);
      linear(shapes, prefix + "mlp.down_proj", intermediate, hidden);
    }
    norm(shapes, "model.norm");
    linear(shapes, "lm_head", hidden, vocabulary);
    return shapes;
  }

  private void norm(Map<String, int[]> shapes, String name) {
    shapes.put(name + ".weight", new int[] {hidden});
  }

  private static void linear(Map<String, int[]> shapes, String name, int in, int out) {
    shapes.put(name + ".weight", new int[] {out, in});
  }
}
