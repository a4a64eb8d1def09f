package io.sparklrp.bench;

import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.forward.Architectures;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.model.Precision;
import io.sparklrp.oracle.GraphMethods;
import io.sparklrp.oracle.SyntheticBert;
import io.sparklrp.oracle.SyntheticLlama;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command of {@code scripts/bench}: prints a table for each part that is asked for. */
@Command(name = "scripts/bench", mixinStandardHelpOptions = true, sortOptions = false)
public final class EngineBench implements Callable<Integer> {
  private static final int[][] BATCHES = {{32, 32}, {16, 128}, {4, 512}};
  private static final int[][] LONG_BATCHES = {{16, 128}, {4, 512}};
  private static final Path DEMO = Path.of("src/main/resources/io/sparklrp/demo/model");

  @Option(
      names = "--parts",
      split = ",",
      description = {
        "engine: every method, and the throughput (the default).",
        "deep: lrp-stay on an encoder and a decoder of twelve layers.",
        "footprint: time and memory of compiling and running 110 M parameters.",
        "endurance: resident memory over very many batches."
      })
  private Set<Part> parts = Set.of(Part.ENGINE);

  @Option(
      names = "--model",
      description =
          "A checkpoint for engine (without it, one of MiniLM-L6's shape with random weights) or"
              + " endurance (without it, the demo's).")
  private Path model;

  @Option(
      names = "--forward",
      description = "An ONNX file of the same model: a further plain forward to compare with.")
  private Path forward;

  @Option(names = "--rounds", description = "Default: ${DEFAULT-VALUE}.")
  private int rounds = 15;

  @Option(
      names = "--methods",
      split = ",",
      description = "Methods to measure. Default: all seven; lrp-stay for deep.")
  private List<String> methods;

  @Option(
      names = "--precisions",
      split = ",",
      description = "float32, mixed, int8. Default: ${DEFAULT-VALUE}.")
  private List<Precision> precisions = List.of(Precision.FLOAT32);

  @Option(
      names = "--cpu",
      description = "Time of the processor, not of the clock: where the machine has other work.")
  private boolean cpu;

  @Option(names = "--seconds", description = "Of each throughput. Default: ${DEFAULT-VALUE}.")
  private int seconds = 10;

  @Option(
      names = "--heap",
      description = "-Xmx of footprint's driver and executor. Default: ${DEFAULT-VALUE}.")
  private String heap = "512m";

  @Option(names = "--batches", description = "Of endurance. Default: ${DEFAULT-VALUE}.")
  private int batches = 100_000;

  private EngineBench() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new EngineBench());
    System.exit(line.setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (parts.contains(Part.ENGINE)) {
      engine();
    }
    if (parts.contains(Part.DEEP)) {
      deep();
    }
    if (parts.contains(Part.FOOTPRINT)) {
      Footprint.print(SyntheticBert.base(), heap, LONG_BATCHES);
    }
    if (parts.contains(Part.ENDURANCE)) {
      new Endurance(model == null ? DEMO : model, batches).print(precisions);
    }
    return 0;
  }

  private void engine() throws Exception {
    try (TemporaryCheckpoint random =
        model == null ? TemporaryCheckpoint.of(SyntheticBert.minilm()::write) : null) {
      Path directory = random == null ? model : random.directory();
      try (Throughput throughput = new Throughput(directory, seconds)) {
        heading("Engine time");
        Subject subject =
            Subject.classifier("", Architectures.build(Checkpoint.open(directory)).model());
        table(BATCHES, GraphMethods.all().stream().map(Method::id).toList()).add(subject, forward);
        System.out.println();
        throughput.print(BATCHES, subject);
        System.out.println();
      }
    }
  }

  private void deep() throws Exception {
    SyntheticBert encoder = SyntheticBert.base();
    SyntheticLlama decoder = SyntheticLlama.small();
    heading("Twelve layers");
    System.out.printf(
        "encoder: BERT classifier, hidden %d, %d heads, intermediate %d%n",
        encoder.hidden(), encoder.heads(), encoder.intermediate());
    System.out.printf(
        "decoder: Llama, next token, hidden %d, %d heads, %d of keys and values, intermediate %d,"
            + " vocabulary %d%n%n",
        decoder.hidden(),
        decoder.heads(),
        decoder.groups(),
        decoder.intermediate(),
        decoder.vocabulary());
    TimeTable table = table(LONG_BATCHES, List.of(Methods.LRP_STAY.id()));
    try (TemporaryCheckpoint checkpoint = TemporaryCheckpoint.of(encoder::write)) {
      table.add(Subject.classifier("encoder", checkpoint.forward()), null);
    }
    try (TemporaryCheckpoint checkpoint = TemporaryCheckpoint.of(decoder::write)) {
      table.add(Subject.nextToken("decoder", checkpoint.forward()), null);
    }
    System.out.println();
  }

  private void heading(String what) {
    System.out.printf(
        "%s, one thread, %s, %d rounds; ratio: to the fastest plain forward%n%n",
        what, cpu ? "time of the processor" : "time of the clock", rounds);
  }

  private TimeTable table(int[][] batches, List<String> absent) {
    List<Method> chosen =
        (methods == null ? absent : methods).stream().map(Methods::named).toList();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return TimeTable.of(
        batches,
        rounds,
        chosen,
        precisions,
        cpu ? threads::getCurrentThreadCpuTime : System::nanoTime);
  }
}
