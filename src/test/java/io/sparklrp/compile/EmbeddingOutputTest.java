package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.error.UserException;
import io.sparklrp.forward.Architectures;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.GoldenInputs;
import io.sparklrp.oracle.Interpreter;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.TargetSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingOutputTest {
  private static final double CLOSE = 1e-9;

  /** What the embedding layer adds is the tokens' there, and the rest of the score is as before. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bert-seqcls",
        "albert-seqcls",
        "electra-seqcls",
        "modernbert-seqcls",
        "gpt2-seqcls"
      })
  void positionsAndSegmentsAreTheTokens(String name) {
    GoldenFixture fixture = GoldenFixture.of(name);
    ModelGraph words = Architectures.build(fixture.checkpoint()).model();
    CompiledRelevance before = compile(words);
    CompiledRelevance there = compile(EmbeddingOutput.of(words));
    assertThat(there.ledgerEntries()).doesNotContain("position", "segment", "embeddings");
    List<String> shared = there.ledgerEntries();
    for (GoldenFixture.GoldenRecord record : fixture.records().subList(0, 1)) {
      Map<String, DoubleTensor> ofWords = run(before, record);
      Map<String, DoubleTensor> ofOutput = run(there, record);
      double[] amounts = ofOutput.get("ledger").data();
      double scale = Math.max(1, record.scale("lrp-stay"));
      for (int i = 0; i < amounts.length; i++) {
        int same = before.ledgerEntries().indexOf(shared.get(i));
        assertThat(amounts[i])
            .as(shared.get(i))
            .isCloseTo(ofWords.get("ledger").data()[same], within(CLOSE * scale));
      }
      assertThat(rest(ofOutput)).isCloseTo(rest(ofWords), within(CLOSE * scale));
    }
  }

  /** What the ledger leaves, which is rounding. */
  private static double rest(Map<String, DoubleTensor> found) {
    return found.get("score").data()[0]
        - Arrays.stream(found.get("ledger").data()).sum()
        - Arrays.stream(found.get("relevance").data()).sum();
  }

  private static CompiledRelevance compile(ModelGraph model) {
    return Compilation.compile(model, Methods.LRP_STAY, TargetSource.SEED, LedgerDetail.LAYER);
  }

  private static Map<String, DoubleTensor> run(
      CompiledRelevance compiled, GoldenFixture.GoldenRecord record) {
    return Interpreter.run(compiled.graph(), GoldenInputs.of(compiled.graph(), record));
  }

  @Test
  void aModelWithoutMoreThanWordsIsExplainedAtThem() {
    ModelGraph words = Architectures.build(GoldenFixture.of("llama-clm").checkpoint()).model();
    assertThat(EmbeddingOutput.of(words)).isEqualTo(words);
  }

  @Test
  void rowsThatAreNoTokensAreRefused() {
    ModelGraph patches = Architectures.build(GoldenFixture.of("vit-imgcls").checkpoint()).model();
    assertThatThrownBy(() -> EmbeddingOutput.of(patches))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("embedding-output")
        .hasMessageContaining("rows are not the tokens");
  }

  @Test
  void otherNamesAreForOnnxFiles() {
    ModelOptions named =
        new ModelOptions(Optional.empty(), Optional.of("hidden"), Optional.empty());
    assertThatThrownBy(() -> ModelAssembly.open(GoldenFixture.of("bert-seqcls").directory(), named))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--at embedding-output");
  }
}
