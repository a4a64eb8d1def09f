package io.sparklrp.compile;

import io.sparklrp.engine.Program;
import io.sparklrp.method.Method;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.SyntheticBert;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.TargetSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;

/** A model to test the engine with. */
public final class SampleModel {
  private static final Path SYNTHETIC = Path.of("target", "synthetic");
  private static final List<String> ACTIVATIONS =
      List.of("gelu", "gelu_new", "relu", "silu", "quick_gelu", "tanh", "sigmoid");

  private final String name;
  private final int vocabulary;
  private final ModelAssembly assembly;

  private SampleModel(String name, int vocabulary, Path directory) {
    this.name = name;
    this.vocabulary = vocabulary;
    this.assembly = ModelAssembly.open(directory);
  }

  /** The tiny model with reference results. */
  public static SampleModel golden() {
    return new SampleModel("golden", 900, GoldenFixture.of("bert-seqcls").directory());
  }

  /** The trained model that is shipped. */
  public static SampleModel demo() {
    return new SampleModel("demo", 10_000, Path.of("src/main/resources/io/sparklrp/demo/model"));
  }

  /** A random one, with the golden one's tokenizer. */
  public static SampleModel of(SyntheticBert shape) {
    Path directory = SYNTHETIC.resolve(Long.toString(shape.seed()));
    try {
      shape.write(directory);
      Files.copy(
          GoldenFixture.of("bert-seqcls").directory().resolve("tokenizer.json"),
          directory.resolve("tokenizer.json"),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SampleModel(shape.toString(), shape.vocabulary(), directory);
  }

  /** Random ones of different shapes, one for each activation. */
  public static List<SampleModel> synthetic() {
    return IntStream.range(0, ACTIVATIONS.size()).mapToObj(SampleModel::synthetic).toList();
  }

  /** One of them by its number. */
  public static SampleModel synthetic(int number) {
    int heads = 1 + number % 4;
    return of(
        new SyntheticBert(
            900,
            40,
            heads * (6 + number % 3),
            10 + 5 * number,
            1 + number % 2,
            heads,
            1 + number % 5,
            ACTIVATIONS.get(number),
            0.3,
            815 + number));
  }

  /** What executors run, in memory: files would be gone before the graphs are loaded. */
  public Program explanation(Method method, TargetSource target) {
    try (GraphStorage storage = new GraphStorage(Long.MAX_VALUE)) {
      return assembly.assemble(method, target, assembly.lengths().longest(), storage);
    }
  }

  /** The same as a graph. */
  public CompiledRelevance compiled(Method method, TargetSource target) {
    return Compilation.compile(assembly.forward(), method, target, LedgerDetail.LAYER);
  }

  /** Number of token ids that it has embeddings of. */
  public int vocabulary() {
    return vocabulary;
  }

  /** Number of outputs. */
  public int outputs() {
    return assembly.labels().size();
  }

  @Override
  public String toString() {
    return name;
  }
}
