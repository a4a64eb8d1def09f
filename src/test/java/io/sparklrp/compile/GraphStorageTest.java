package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.SampleRecords;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.relevance.TargetSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphStorageTest {
  private final GoldenFixture fixture = GoldenFixture.of("bert-seqcls");
  private final ModelAssembly assembly = ModelAssembly.open(fixture.directory());

  @TempDir Path elsewhere;

  private Program assemble(GraphStorage storage) {
    return assembly.assemble(
        Methods.LRP_STAY, TargetSource.PREDICTED, fixture.maxLength(), storage);
  }

  private static RecordRelevance explain(Program model) throws Exception {
    EngineSessions.ofJvm().closeIdle(); // of the same key: it would not be loaded again
    try (EngineSession session = EngineSessions.ofJvm().acquire(model)) {
      TokenBatch batch =
          new TokenBatch(
              List.of(session.tokenizer().orElseThrow().encode("not bad at all", null)), null);
      return SampleRecords.first(session, batch).get(0);
    }
  }

  @Test
  void smallGraphsStayInMemory() {
    try (GraphStorage storage = new GraphStorage()) {
      assertThat(assemble(storage).files()).isEmpty();
    }
  }

  @Test
  void limitIsOfAllGraphsTogether() throws Exception {
    long weights;
    try (GraphStorage storage = new GraphStorage(0)) {
      weights = Files.size(assemble(storage).files().get(1));
    }
    try (GraphStorage storage = new GraphStorage(weights * 3 / 2)) {
      assertThat(assemble(storage).files()).isEmpty();
      assertThat(assemble(storage).files()).hasSize(2);
    }
  }

  @Test
  void graphAboveTheLimitIsFilesThatGiveTheSameResultWhereverTheyAreCopied() throws Exception {
    RecordRelevance inMemory;
    try (GraphStorage storage = new GraphStorage()) {
      inMemory = explain(assemble(storage));
    }
    Program copied;
    try (GraphStorage storage = new GraphStorage(0)) {
      Program model = assemble(storage);
      assertThat(model.files()).hasSize(2);
      for (Path file : model.files()) {
        Files.copy(file, elsewhere.resolve(file.getFileName()));
      }
      assertThat(model.bytes()).isEqualTo(size(model.files()));
      copied = model.in(elsewhere);
    }
    RecordRelevance fromFiles = explain(copied);
    assertThat(fromFiles.logits()).isEqualTo(inMemory.logits());
    assertThat(fromFiles.tokens()).isEqualTo(inMemory.tokens());
    for (int i = 0; i < inMemory.tokens(); i++) {
      assertThat(fromFiles.relevance(i)).isEqualTo(inMemory.relevance(i));
    }
  }

  @Test
  void closingRemovesTheFiles() {
    List<Path> files;
    try (GraphStorage storage = new GraphStorage(0)) {
      files = assemble(storage).files();
      assertThat(files).allMatch(Files::exists);
    }
    assertThat(files).noneMatch(Files::exists);
    assertThat(files.get(0).getParent()).doesNotExist();
  }

  private static long size(List<Path> files) throws Exception {
    long sum = 0;
    for (Path file : files) {
      sum += Files.size(file);
    }
    return sum;
  }
}
