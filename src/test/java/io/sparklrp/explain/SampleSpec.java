package io.sparklrp.explain;

import io.sparklrp.compile.GraphStorage;
import io.sparklrp.compile.ModelAssembly;
import io.sparklrp.compile.RecordShape;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.explain.input.InputColumn;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.explain.run.RunListener;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.model.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is explained of a model, as a job would have it, and its explanations without Spark. */
public final class SampleSpec {
  private static final Path DEMO = Path.of("src/main/resources/io/sparklrp/demo/model");
  private static final int BATCH_TOKENS = 256;

  private SampleSpec() {}

  public static ExplainSpec demo(String target) {
    return of(DEMO, target, false);
  }

  /**
   * Of a model's directory.
   *
   * @param hasPair whether records have second texts
   */
  public static ExplainSpec of(Path directory, String target, boolean hasPair) {
    return of(directory, Methods.LRP_STAY, target, hasPair);
  }

  /** By a method. */
  public static ExplainSpec of(Path directory, Method method, String target, boolean hasPair) {
    ModelAssembly assembly = ModelAssembly.open(directory);
    InputColumn text = new InputColumn("text", "--text-column", InputColumn.Type.TEXT);
    InputColumn second = new InputColumn("second", "--text-pair-column", InputColumn.Type.TEXT);
    RecordShape shape =
        new RecordShape(
            text,
            hasPair ? Optional.of(second) : Optional.empty(),
            new InputColumn("content", "--image-column", InputColumn.Type.PICTURE),
            assembly.lengths().maxLength(null),
            null,
            1_000_000);
    Target parsed = assembly.target(List.of(target));
    // in memory: files would be gone before the graphs are loaded
    try (GraphStorage storage = new GraphStorage(Long.MAX_VALUE)) {
      return assembly.explain(method, parsed, shape, storage);
    }
  }

  /** What comes out of records, whose numbers are carried. */
  public static List<Explained<Integer>> explain(
      ExplainSpec spec, BufferLimits limits, RunListener listener, List<InputRecord> records) {
    List<Source<Integer>> sources = new ArrayList<>();
    records.forEach(record -> sources.add(Source.of(sources.size(), record)));
    return explainSources(spec, limits, listener, sources);
  }

  public static List<Explained<Integer>> explainSources(
      ExplainSpec spec, BufferLimits limits, RunListener listener, List<Source<Integer>> sources) {
    return explainSources(spec, BatchLimits.ofTokens(BATCH_TOKENS), limits, listener, sources);
  }

  /** The same in batches of a size. */
  public static List<Explained<Integer>> explainSources(
      ExplainSpec spec,
      BatchLimits batches,
      BufferLimits limits,
      RunListener listener,
      List<Source<Integer>> sources) {
    List<Explained<Integer>> all = new ArrayList<>();
    try (EngineSession session = EngineSessions.ofJvm().acquire(spec.program())) {
      new Explainer(spec, session, spec.program().batching(), batches, limits, listener)
          .explain(sources.iterator())
          .forEachRemaining(all::add);
    }
    return all;
  }
}
