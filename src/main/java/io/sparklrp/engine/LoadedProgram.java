package io.sparklrp.engine;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sparklrp.error.JobFailedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A program's graphs in ONNX Runtime, each loaded when it is first asked for, and its tokenizer:
 * shared by all threads of the JVM.
 */
final class LoadedProgram implements AutoCloseable {
  private final Map<Role, Model> models = new EnumMap<>(Role.class);
  private final GraphFiles files;
  private final Program program;
  private TextTokenizer tokenizer;

  private LoadedProgram(Program program, GraphFiles files) {
    this.program = files.locate(program);
    this.files = files;
  }

  /** A program whose tokenizer and explaining graph are loaded; files are closed with it. */
  static LoadedProgram load(Program program, GraphFiles files) {
    LoadedProgram loaded = new LoadedProgram(program, files);
    try {
      DjlEngine.start();
      IntegerKernel.check(program);
      loaded.tokenizer = program.tokenizer().map(TextTokenizer::new).orElse(null);
      loaded.model(Role.EXPLAIN);
      return loaded;
    } catch (RuntimeException | Error e) {
      loaded.close();
      throw e;
    }
  }

  private synchronized Model model(Role role) {
    return models.computeIfAbsent(role, this::load);
  }

  private Model load(Role role) {
    Model model = Model.newInstance("spark-lrp", DjlEngine.NAME);
    try (OrtSession.SessionOptions options = options(role)) {
      load(model, graph(role).graph(), Map.of("sessionOptions", options));
      return model;
    } catch (IOException | MalformedModelException | OrtException e) {
      model.close();
      throw new JobFailedException(
          "Cannot load the compiled graph: "
              + e.getMessage()
              + ". Report this with the model's name.",
          e);
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  private static OrtSession.SessionOptions options(Role role) throws OrtException {
    return role == Role.EXPLAIN || role == Role.STEP
        ? SessionSettings.create()
        : SessionSettings.ofForwardPass();
  }

  private static void load(Model model, CompiledGraph graph, Map<String, ?> options)
      throws IOException, MalformedModelException {
    if (graph.content() != null) {
      model.load(new ByteArrayInputStream(graph.content()), options);
    } else {
      model.load(graph.files().get(0), null, options);
    }
  }

  private RoleGraph graph(Role role) {
    return program
        .graph(role)
        .orElseThrow(() -> new IllegalStateException("The program has no graph to " + role + "."));
  }

  /** What was loaded. */
  Program program() {
    return program;
  }

  /** The tokenizer; empty for models of images. */
  Optional<TextTokenizer> tokenizer() {
    return Optional.ofNullable(tokenizer);
  }

  /** A predictor of a role's outputs for one thread at a time. */
  <T> Predictor<TokenBatch, T> newPredictor(Role role, OutputReader<T> reader) {
    return model(role).newPredictor(new BatchTranslator<>(program, graph(role), reader));
  }

  @Override
  public void close() {
    models.values().forEach(Model::close);
    tokenizer().ifPresent(TextTokenizer::close);
    files.close();
  }
}
