package io.sparklrp.bench.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that the cost model is told.
 *
 * @param machine where things were measured
 * @param figures by name
 * @param lengths of corpora
 * @param models whose costs are told
 */
record ScaleInputs(
    String machine,
    Map<String, Figure> figures,
    List<LengthDistribution> lengths,
    List<ModelShape> models) {
  /** Copies, in order. */
  ScaleInputs {
    figures = new LinkedHashMap<>(figures);
    lengths = List.copyOf(lengths);
    models = List.copyOf(models);
  }

  /** Reads a file such as {@code docs/scale.json}. */
  static ScaleInputs read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "Cannot read the figures " + file + ": there is no such file. Correct --figures.");
    }
    return new ObjectMapper().readValue(file.toFile(), ScaleInputs.class);
  }

  /**
   * The value of a figure.
   *
   * @throws IllegalArgumentException if there is none of the name
   */
  double value(String name) {
    Figure figure = figures.get(name);
    if (figure == null) {
      throw new IllegalArgumentException(
          "Cannot read the figure " + name + ": the inputs do not have it. Add it to them.");
    }
    return figure.value();
  }

  /** The model of a name. */
  ModelShape model(String id) {
    return models.stream()
        .filter(model -> model.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot find the model "
                        + id
                        + ": the inputs do not have it. Add it to them."));
  }

  /** The corpus of a name. */
  LengthDistribution corpus(String name) {
    return lengths.stream()
        .filter(corpus -> corpus.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot find the corpus " + name + ": the inputs do not have it. Add it."));
  }

  /** What a record costs. Time beside the engine is what a whole job took above the engine's. */
  RecordCost cost(ModelShape shape, String precision) {
    double padding = value("padding");
    ModelShape timed = model("minilm");
    double mean = corpus("tweets").mean(tokens -> tokens);
    double ofJob = 2 / value("job." + precision);
    double ofEngine = speed(timed, precision).seconds(timed, mean) / mean * (1 + padding);
    return new RecordCost(shape, speed(shape, precision), padding, Math.max(0, ofJob - ofEngine));
  }

  /** The engine's speed with a model, or with the one that stands for it. */
  EngineSpeed speed(ModelShape shape, String precision) {
    ModelShape timed = model(shape.speed());
    return EngineSpeed.fit(timed, timed.bench(), precision);
  }

  /** MiB that an executor needs beside its heap: what its weights take, and each of its tasks. */
  double memoryMib(ModelShape shape, String precision, LengthDistribution corpus, int tasks) {
    double weights = shape.parameters() * 4 / 0x1p20 * value("memory.weights." + precision);
    return value("memory.jvm") + weights + tasks * shape.memoryMib().get(corpus.name()).value();
  }

  /** Bytes of the output. */
  double outputBytes(Workload workload) {
    double tokens = workload.lengths().mean(length -> length) * workload.records();
    return tokens * value("output.token") + workload.tasks() * value("output.file");
  }

  /** Machines that fail every so many seconds. */
  Cluster cluster(int nodes, double mtbf) {
    return new Cluster(
        nodes,
        (int) value("node.cores"),
        value("slow.share"),
        value("slow.factor"),
        mtbf,
        value("driver.mtbf"),
        (int) value("task.maxFailures"));
  }

  /** What passes beside the work of so many records. */
  Delays delays(long records, int cores) {
    return new Delays(
        value("task.launch"),
        value("task.seconds"),
        value("job.fixed") / 2,
        value("job.fixed") / 2 + value("record.reread") * records / cores,
        value("node.detection"),
        value("node.replacement"),
        value("executor.start"),
        value("driver.restart"),
        value("record.reread"));
  }
}
