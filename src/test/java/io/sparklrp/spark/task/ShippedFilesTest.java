package io.sparklrp.spark.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.engine.GraphFiles;
import io.sparklrp.spark.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LocalSpark.class)
class ShippedFilesTest {
  private static final int PART = 8;

  @TempDir Path home;

  private static JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
  }

  private Path file(String name, int size) throws Exception {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return Files.write(home.resolve(name), content);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, PART - 1, PART, PART + 1, 3 * PART, 1000})
  void filesArriveWholeBesideEachOther(int size) throws Exception {
    List<Path> files = List.of(file("one", size), file("two", PART));
    ShippedFiles shipped = ShippedFiles.send(files, context(), PART);
    GraphFiles received = shipped.receive();
    Path there = directory(received);
    assertThat(there).isNotEqualTo(home);
    for (Path file : files) {
      assertThat(there.resolve(file.getFileName())).hasSameBinaryContentAs(file);
    }
    received.close();
    assertThat(there).doesNotExist();
    shipped.destroy();
  }

  private static Path directory(GraphFiles received) {
    return ((ShippedFiles.ReceivedFiles) received).directory();
  }

  @Test
  void whoAsksHasADirectoryOfTheirOwn() throws Exception {
    ShippedFiles shipped = ShippedFiles.send(List.of(file("one", 20)), context(), PART);
    GraphFiles first = shipped.receive();
    GraphFiles second = shipped.receive();
    first.close();
    assertThat(directory(second)).isNotEqualTo(directory(first));
    assertThat(Files.size(directory(second).resolve("one"))).isEqualTo(20);
    second.close();
    shipped.destroy();
  }

  @Test
  void nothingIsShippedWhereThereAreNoFiles() {
    assertThat(ShippedFiles.send(List.of(), context()).receive()).isSameAs(GraphFiles.IN_PLACE);
  }
}
