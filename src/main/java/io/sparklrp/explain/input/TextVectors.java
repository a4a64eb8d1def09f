package io.sparklrp.explain.input;

import io.sparklrp.explain.run.EngineRunner;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.record.AllLogits;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.ModelOutputs;
import io.sparklrp.record.RecordRelevance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Vectors of texts, by the forward pass alone; equal texts are run once, as far as is kept. */
final class TextVectors {
  /** Most vectors that are kept for texts to come. */
  private static final int KEPT = 1024;

  /** Longer texts are not kept: what is kept must stay small. In characters. */
  private static final int LONGEST_KEPT = 4096;

  private final EngineRunner runner;
  private final Map<List<String>, float[]> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, float[]> eldest) {
          return size() > KEPT;
        }
      };

  TextVectors(EngineRunner runner) {
    this.runner = runner;
  }

  /** The vector of each text, in order, or its failure. */
  List<Outcome<float[]>> of(List<EncodedText> texts) {
    Map<List<String>, Outcome<float[]>> found = new LinkedHashMap<>();
    Map<List<String>, EncodedText> missing = new LinkedHashMap<>();
    for (EncodedText text : texts) {
      float[] vector = known.get(text.texts());
      if (vector == null) {
        missing.putIfAbsent(text.texts(), text);
      } else {
        found.put(text.texts(), Outcome.of(vector));
      }
    }
    List<Outcome<ModelOutputs>> outputs = runner.predict(List.copyOf(missing.values()));
    List<List<String>> keys = new ArrayList<>(missing.keySet());
    for (int i = 0; i < keys.size(); i++) {
      Outcome<float[]> vector = vector(outputs.get(i));
      found.put(keys.get(i), vector);
      if (vector.failure().isEmpty() && isShort(keys.get(i))) {
        known.put(keys.get(i), vector.value());
      }
    }
    return texts.stream().map(text -> found.get(text.texts())).toList();
  }

  private static boolean isShort(List<String> texts) {
    return texts.stream().mapToInt(String::length).sum() <= LONGEST_KEPT;
  }

  private static Outcome<float[]> vector(Outcome<ModelOutputs> outputs) {
    return outputs.failure().isEmpty() && !outputs.value().areFinite()
        ? Outcome.failed(RecordRelevance.notFinite())
        : outputs.map(vector -> ((AllLogits) vector).values());
  }
}
