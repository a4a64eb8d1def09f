package io.sparklrp.explain.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.compile.GraphStorage;
import io.sparklrp.compile.ModelAssembly;
import io.sparklrp.compile.ModelOptions;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.Program;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.explain.run.EngineRunner;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.explain.run.RunListener;
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.record.EncodedText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextVectorsTest {
  @TempDir Path parent;

  @Test
  void equalTextsAreRunOnce() throws Exception {
    Path model =
        EditableCheckpoint.tiny(3, parent.resolve("model"))
            .config("architectures", "[\"BertModel\"]")
            .directory();
    ModelAssembly assembly =
        ModelAssembly.open(
            model, new ModelOptions(Optional.of("mean"), Optional.empty(), Optional.empty()));
    Program program;
    try (GraphStorage storage = new GraphStorage()) {
      program =
          assembly.assemble(Methods.LRP_STAY, assembly.target(List.of("cosine")), 32, storage);
    }
    AtomicLong tokens = new AtomicLong();
    RunListener listener =
        new RunListener() {
          @Override
          public void ran(long count, long padded, long millis) {
            tokens.addAndGet(count);
          }
        };
    try (EngineSession session = EngineSessions.ofJvm().acquire(program)) {
      List<EncodedText> texts = new ArrayList<>();
      for (String text : List.of("the cat", "a dog sat", "the cat", "the cat")) {
        texts.add(session.tokenizer().orElseThrow().encode(text, null));
      }
      TextVectors vectors =
          new TextVectors(
              new EngineRunner(session, program.batching(), BatchLimits.ofTokens(512), listener));
      List<Outcome<float[]>> found = vectors.of(texts);
      assertThat(tokens.get()).isEqualTo(texts.get(0).length() + texts.get(1).length());
      assertThat(found.get(2).value()).isSameAs(found.get(0).value());
      assertThat(found.get(1).value()).isNotEqualTo(found.get(0).value());
      assertThat(vectors.of(texts.subList(1, 3)).get(1).value()).isSameAs(found.get(0).value());
      assertThat(tokens.get()).isEqualTo(texts.get(0).length() + texts.get(1).length());
    }
  }
}
