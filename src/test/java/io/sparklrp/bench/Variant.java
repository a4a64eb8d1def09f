package io.sparklrp.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sparklrp.engine.SessionSettings;
import io.sparklrp.graph.Graph;
import io.sparklrp.onnx.OnnxWriter;
import io.sparklrp.relevance.CompiledRelevance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** A graph to be timed, in a session of its own with the product's settings. */
final class Variant implements AutoCloseable {
  private final String name;
  private final OrtSession session;

  /** A forward pass has all of the engine's fusions; the product's are without one of them. */
  private Variant(String name, byte[] model, boolean explains) throws OrtException {
    this.name = name;
    try (OrtSession.SessionOptions options =
        explains ? SessionSettings.create() : SessionSettings.ofForwardPass()) {
      this.session = OrtEnvironment.getEnvironment().createSession(model, options);
    }
  }

  static Variant of(String name, Graph graph) throws OrtException {
    boolean explains =
        graph.outputs().stream()
            .anyMatch(output -> output.name().equals(CompiledRelevance.RELEVANCE));
    return new Variant(name, OnnxWriter.toBytes(graph), explains);
  }

  static Variant of(String name, Path onnx) throws Exception {
    return new Variant(name, Files.readAllBytes(onnx), false);
  }

  String name() {
    return name;
  }

  /**
   * Seconds that one run takes, outputs included.
   *
   * @param nanoseconds the clock
   */
  double seconds(Map<String, OnnxTensor> batch, LongSupplier nanoseconds) throws OrtException {
    Map<String, OnnxTensor> inputs =
        batch.entrySet().stream()
            .filter(entry -> session.getInputNames().contains(entry.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    long start = nanoseconds.getAsLong();
    session.run(inputs).close();
    return (nanoseconds.getAsLong() - start) * 1e-9;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
