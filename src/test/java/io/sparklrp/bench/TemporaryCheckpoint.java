package io.sparklrp.bench;

import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.forward.Architectures;
import io.sparklrp.graph.ModelGraph;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A checkpoint of random weights with the demo's tokenizer, gone with all beside it when closed.
 */
final class TemporaryCheckpoint implements AutoCloseable {
  private static final String TOKENIZER = "/io/sparklrp/demo/model/tokenizer.json";

  private final Path parent;

  private TemporaryCheckpoint(Path parent) {
    this.parent = parent;
  }

  /** What writes a checkpoint but for its tokenizer. */
  interface Writer {
    Path write(Path directory) throws IOException;
  }

  static TemporaryCheckpoint of(Writer writer) throws IOException {
    TemporaryCheckpoint made =
        new TemporaryCheckpoint(Files.createTempDirectory("spark-lrp-bench"));
    try (InputStream tokenizer = TemporaryCheckpoint.class.getResourceAsStream(TOKENIZER)) {
      writer.write(made.directory());
      Files.copy(tokenizer, made.directory().resolve("tokenizer.json"));
    }
    return made;
  }

  /** The checkpoint. */
  Path directory() {
    return parent.resolve("model");
  }

  /** A path beside it. */
  Path beside(String name) {
    return parent.resolve(name);
  }

  ModelGraph forward() {
    return Architectures.build(Checkpoint.open(directory())).model();
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(parent)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
