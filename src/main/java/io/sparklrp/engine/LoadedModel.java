package io.sparklrp.engine;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sparklrp.error.JobFailedException;
import io.sparklrp.record.RecordRelevance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A compiled graph in ONNX Runtime, and its tokenizer: shared by all threads of the JVM. */
final class LoadedModel implements AutoCloseable {
  private final Model model;
  private final TextTokenizer tokenizer;
  private final ExplanationModel source;

  LoadedModel(ExplanationModel source) {
    DjlEngine.start();
    this.tokenizer = source.tokenizer() == null ? null : new TextTokenizer(source.tokenizer());
    this.model = Model.newInstance("spark-lrp", DjlEngine.NAME);
    this.source = source;
    try (OrtSession.SessionOptions options = SessionSettings.create()) {
      load(source, Map.of("sessionOptions", options));
    } catch (IOException | MalformedModelException | OrtException e) {
      close();
      throw new JobFailedException(
          "Cannot load the compiled graph: "
              + e.getMessage()
              + ". Report this with the model's name.",
          e);
    }
  }

  private void load(ExplanationModel source, Map<String, ?> options)
      throws IOException, MalformedModelException {
    CompiledGraph graph = source.graph();
    if (graph.content() != null) {
      model.load(new ByteArrayInputStream(graph.content()), options);
    } else {
      model.load(graph.files().get(0), null, options);
    }
  }

  /** What was loaded. */
  ExplanationModel source() {
    return source;
  }

  /** The tokenizer; null for models of images. */
  TextTokenizer tokenizer() {
    return tokenizer;
  }

  /** A predictor for one thread at a time. */
  Predictor<TokenBatch, List<List<RecordRelevance>>> newPredictor() {
    return model.newPredictor(new BatchTranslator(source));
  }

  @Override
  public void close() {
    model.close();
    if (tokenizer != null) {
      tokenizer.close();
    }
  }
}
