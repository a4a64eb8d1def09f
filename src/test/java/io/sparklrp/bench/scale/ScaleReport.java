package io.sparklrp.bench.scale;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The tables of {@code scripts/scale}, in Markdown. */
final class ScaleReport {
  private static final List<String> PRECISIONS = List.of("float32", "int8");
  private static final double HOUR = 3600;

  private final ScaleInputs inputs;
  private final ScaleOptions options;
  private final PrintStream out;

  ScaleReport(ScaleInputs inputs, ScaleOptions options, PrintStream out) {
    this.inputs = inputs;
    this.options = options;
    this.out = out;
  }

  /** Where each figure comes from. */
  void inputs() {
    line("| figure | value | | kind | from |%n|---|---:|---|---|---|");
    inputs
        .figures()
        .forEach(
            (name, figure) ->
                line(
                    "| `%s` | %s | %s | %s | %s |",
                    name,
                    number(figure.value()),
                    figure.unit(),
                    figure.kind().name().toLowerCase(Locale.ROOT),
                    figure.from()));
    line("");
  }

  /** What jobs take. */
  void jobs() {
    line(
        "| records | texts | model | precision | cores | core-hours | hours | output, TB | memory,"
            + " GiB a node | hours, failures, lost core-hours at one a node in %s"
            + " | the same at one in %s |%n|---:|---|---|---|---:|---:|---:|---:|---:|---|---|",
        duration(inputs.value("node.mtbf")), duration(inputs.value("spot.mtbf")));
    for (long records : options.records()) {
      for (LengthDistribution texts : inputs.lengths()) {
        inputs.models().stream()
            .filter(ModelShape::isTold)
            .forEach(
                model -> PRECISIONS.forEach(precision -> job(records, texts, model, precision)));
      }
    }
    line("");
  }

  private void job(long records, LengthDistribution texts, ModelShape model, String precision) {
    RecordCost cost = inputs.cost(model, precision);
    Cluster steady = inputs.cluster(nodes(records, texts, cost), Double.POSITIVE_INFINITY);
    Workload work =
        Workload.cut(
            records, texts, cost, steady.cores(), options.unitSeconds(), options.mostTasks());
    line(
        "| %s | %s | %s | %s | %,d | %s | %s | %s | %s | %s | %s |",
        power(records),
        texts.name(),
        model.name(),
        precision,
        steady.cores(),
        number(work.coreSeconds() / HOUR),
        number(work.coreSeconds() / HOUR / steady.cores()),
        number(inputs.outputBytes(work) / 1e12),
        number(inputs.memoryMib(model, precision, texts, steady.coresOfNode()) / 1024),
        failing(work, steady.nodes(), "node.mtbf"),
        failing(work, steady.nodes(), "spot.mtbf"));
  }

  private String failing(Workload work, int nodes, String mtbf) {
    Cluster cluster = inputs.cluster(nodes, inputs.value(mtbf));
    List<Outcome> outcomes = run(work, cluster);
    double lost = mean(outcomes.stream().mapToDouble(Outcome::lost)) / HOUR;
    long complete = outcomes.stream().filter(Outcome::isComplete).count();
    return format(
        "%s; %s; %s (%.2f %%)%s",
        number(mean(outcomes.stream().mapToDouble(Outcome::seconds)) / HOUR),
        number(mean(outcomes.stream().mapToDouble(o -> o.failures() + o.driverFailures()))),
        number(lost),
        100 * lost * HOUR / work.coreSeconds(),
        complete == outcomes.size()
            ? ""
            : format(": **%d of %d end early**", outcomes.size() - complete, outcomes.size()));
  }

  /** The fewest nodes that end in time, as far as there are. */
  private int nodes(long records, LengthDistribution texts, RecordCost cost) {
    double seconds = texts.mean(cost::seconds) * records;
    double needed = seconds / (options.hours() * HOUR) / inputs.value("node.cores");
    return (int) Math.max(1, Math.min(Math.ceil(needed), options.mostNodes()));
  }

  /** What a unit's size does. */
  void units() {
    LengthDistribution texts = inputs.corpus("tweets");
    RecordCost cost = inputs.cost(inputs.model("minilm"), "float32");
    long records = options.records().get(options.records().size() - 1);
    int nodes = nodes(records, texts, cost);
    line(
        "%s tweets, six-layer MiniLM, float32, %,d cores; means of %d jobs%n",
        power(records), nodes * (int) inputs.value("node.cores"), options.seeds());
    for (String mtbf : List.of("node.mtbf", "spot.mtbf")) {
      units(records, texts, cost, inputs.cluster(nodes, inputs.value(mtbf)));
    }
  }

  private void units(long records, LengthDistribution texts, RecordCost cost, Cluster cluster) {
    line("A node fails every %s:%n", duration(cluster.nodeMtbf()));
    line(
        "| unit | units | MB a file | lost core-hours | a lost unit, s | lost + starts, %% of the"
            + " work | hours | to the ideal |%n|---|---:|---:|---:|---:|---:|---:|---:|");
    double best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (double unit : options.units()) {
      Workload work = Workload.cut(records, texts, cost, cluster.cores(), unit, Integer.MAX_VALUE);
      double share = unit(work, cluster, unit);
      if (share < least) {
        least = share;
        best = unit;
      }
    }
    double task = inputs.value("task.seconds");
    line(
        "%nLeast lost + starts: units of %s. By theory, at %s s of a start: Young %s, Daly %s.%n",
        duration(best),
        number(task),
        duration(CheckpointInterval.young(task, cluster.nodeMtbf())),
        duration(CheckpointInterval.daly(task, cluster.nodeMtbf())));
  }

  private double unit(Workload work, Cluster cluster, double unit) {
    List<Outcome> outcomes = run(work, cluster);
    double lost = mean(outcomes.stream().mapToDouble(Outcome::lost));
    double lostTasks = mean(outcomes.stream().mapToDouble(Outcome::lostTasks));
    double seconds = mean(outcomes.stream().mapToDouble(Outcome::seconds));
    double starts = inputs.value("task.seconds") * (work.tasks() + lostTasks);
    double share = (lost + starts) / work.coreSeconds();
    line(
        "| %s | %,d | %s | %s | %s | %.2f | %s | %.3f |",
        duration(unit),
        work.tasks(),
        number(inputs.outputBytes(work) / work.tasks() / 1e6),
        number(lost / HOUR),
        lostTasks == 0 ? "" : number(lost / lostTasks),
        100 * share,
        number(seconds / HOUR),
        seconds * cluster.cores() / work.coreSeconds());
    return share;
  }

  private List<Outcome> run(Workload work, Cluster cluster) {
    Delays delays = inputs.delays(work.records(), cluster.cores());
    return IntStream.range(0, options.seeds())
        .parallel()
        .mapToObj(i -> Simulation.run(work, cluster, delays, options.seed() + i))
        .toList();
  }

  private static double mean(DoubleStream values) {
    return values.average().orElse(0);
  }

  private static String power(long records) {
    double log = Math.log10((double) records);
    return log == Math.rint(log) ? format("10^%.0f", log) : format("%,d", records);
  }

  /** Three digits that count. */
  static String number(double value) {
    if (value == 0) {
      return "0";
    }
    int digits = 2 - (int) Math.floor(Math.log10(Math.abs(value)));
    if (digits > 6) {
      return format("%.2g", value);
    }
    return format("%,." + Math.max(0, digits) + "f", value)
        .replaceFirst("(\\.\\d*?)0+$", "$1")
        .replaceFirst("\\.$", "");
  }

  /** Seconds, minutes, hours or days. */
  static String duration(double seconds) {
    if (seconds < 60) {
      return number(seconds) + " s";
    }
    if (seconds < HOUR) {
      return number(seconds / 60) + " min";
    }
    return seconds < 48 * HOUR ? number(seconds / HOUR) + " h" : number(seconds / HOUR / 24) + " d";
  }

  private void line(String format, Object... values) {
    out.println(format(format, values));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
