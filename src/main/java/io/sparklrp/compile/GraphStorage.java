package io.sparklrp.compile;

import io.sparklrp.engine.CompiledGraph;
import io.sparklrp.engine.Role;
import io.sparklrp.error.JobFailedException;
import io.sparklrp.graph.Graph;
import io.sparklrp.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where compiled graphs go: up to a size of all that are stored into memory, to be broadcast; what
 * is above it into files, to be shipped to executors. Closing removes the files.
 */
public final class GraphStorage implements AutoCloseable {
  /**
   * A broadcast takes three to four times its size of the heap, the driver's and each executor's,
   * and a file is mapped: so this is far below the 2 GiB at which memory must end.
   */
  public static final long MOST_IN_MEMORY = 64L << 20;

  private final long mostInMemory;
  private long inMemory;
  private final List<Path> made = new ArrayList<>();

  /** A storage with the usual limit. */
  public GraphStorage() {
    this(MOST_IN_MEMORY);
  }

  /**
   * A storage.
   *
   * @param mostInMemory most bytes of weights that are kept in memory, of all graphs together: an
   *     evaluation stores one for each method
   */
  public GraphStorage(long mostInMemory) {
    this.mostInMemory = Math.min(mostInMemory, OnnxWriter.INLINE_LIMIT);
  }

  /** Stores a graph; files are called after its role. */
  CompiledGraph store(Graph graph, Role role) {
    long bytes = OnnxWriter.weightBytes(graph);
    if (bytes <= mostInMemory - inMemory) {
      inMemory += bytes;
      return CompiledGraph.ofBytes(OnnxWriter.toBytes(graph));
    }
    try {
      Path directory = Files.createTempDirectory("spark-lrp-graph");
      made.add(directory);
      Path file = directory.resolve(role.name().toLowerCase(Locale.ROOT) + ".onnx");
      made.add(file);
      Path weights = OnnxWriter.write(graph, file);
      made.add(weights);
      return CompiledGraph.ofFiles(file, weights);
    } catch (IOException e) {
      throw new JobFailedException(
          "Cannot write the compiled graph to the temporary directory: "
              + e.getMessage()
              + ". Make room there, or set -Djava.io.tmpdir.",
          e);
    }
  }

  @Override
  public void close() {
    for (int i = made.size() - 1; i >= 0; i--) {
      try {
        Files.deleteIfExists(made.get(i));
      } catch (IOException e) {
        made.get(i).toFile().deleteOnExit();
      }
    }
    made.clear();
  }
}
