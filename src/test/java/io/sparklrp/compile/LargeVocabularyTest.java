package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.attribution.Attribution;
import io.sparklrp.attribution.RankedOutput;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.explain.BufferLimits;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.Explained;
import io.sparklrp.explain.InputRecord;
import io.sparklrp.explain.SampleSpec;
import io.sparklrp.explain.run.RunListener;
import io.sparklrp.method.Methods;
import io.sparklrp.model.OwnTarget;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.SyntheticLlama;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A language model of 128,000 words: half a megabyte of logits a row, which nobody may hold. */
class LargeVocabularyTest {
  private static final int WORDS = 128_000;

  @TempDir static Path directory;

  @BeforeAll
  static void write() throws IOException {
    new SyntheticLlama(WORDS, 64, 8, 12, 1, 2, 1, 0.5, 11).write(directory);
    Files.copy(
        GoldenFixture.of("llama-clm").directory().resolve("tokenizer.json"),
        directory.resolve("tokenizer.json"));
  }

  /** The outputs that all logits would give, for the last token of a text. */
  private static float[] logits(String text) throws Exception {
    ModelAssembly assembly = ModelAssembly.open(directory);
    ProgramCompiler.Variant whole = ProgramCompiler.Variant.whole(assembly.forward());
    Program program;
    try (GraphStorage storage = new GraphStorage()) {
      program = assembly.assemble(whole, Methods.LRP_STAY, TargetPlan.ofOneRow(), 64, storage);
    }
    try (EngineSession session = EngineSessions.ofJvm().acquire(program)) {
      EncodedText encoded = session.tokenizer().orElseThrow().encode(text, null);
      RecordTargets last =
          new RecordTargets(new long[] {encoded.length() - 1L}, List.of(TargetWeights.of(0)));
      TokenBatch batch = TokenBatch.of(List.of(encoded), List.of(last));
      return session.explain(batch).get(0).get(0).logits();
    }
  }

  @Test
  void theHighestAndTheirProbabilityAreThoseOfAllLogits() throws Exception {
    String text = "The cat sat";
    float[] logits = logits(text);
    ExplainSpec spec = SampleSpec.of(directory, "next", false);
    assertThat(spec.program().explain().isRanked()).isTrue();
    Attribution found =
        (Attribution)
            SampleSpec.explain(
                    spec, BufferLimits.USUAL, RunListener.NONE, List.of(new InputRecord.Text(text)))
                .get(0)
                .result();
    List<Integer> highest =
        IntStream.range(0, WORDS)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> -logits[i]).thenComparing(i -> i))
            .limit(10)
            .toList();
    assertThat(found.prediction().top()).extracting(RankedOutput::index).isEqualTo(highest);
    assertThat(found.prediction().logits()).isNull();
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp((double) logit - logits[highest.get(0)]);
    }
    assertThat((double) found.prediction().probability()).isCloseTo(1 / sum, within(1e-6));
    assertThat(found.target().score())
        .isCloseTo(logits[highest.get(0)], within(1e-4 * Math.abs(logits[highest.get(0)])));
  }

  /** 200 completions of 12 tokens: 1.2 GB of logits, of which none leaves the engine. */
  @Test
  void manyCompletionsFitIntoASmallHeap() {
    ExplainSpec spec = SampleSpec.of(directory, "completion:more", false);
    List<InputRecord> records = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      records.add(
          new InputRecord.Text("The cat " + i + " sat")
              .with(OwnTarget.ofText(" on the mat and the dog sat on the cat again")));
    }
    List<Explained<Integer>> all =
        SampleSpec.explain(spec, BufferLimits.USUAL, RunListener.NONE, records);
    assertThat(all.stream().filter(Explained::isFirst)).hasSize(200);
    assertThat(all).hasSizeGreaterThan(200 * 8);
    assertThat(all).allSatisfy(one -> assertThat(one.result()).isInstanceOf(Attribution.class));
  }
}
