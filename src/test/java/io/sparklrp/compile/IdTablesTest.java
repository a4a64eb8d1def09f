package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.forward.Architectures;
import io.sparklrp.onnx.OnnxModelFile;
import io.sparklrp.oracle.GoldenFixture;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdTablesTest {
  private static final long NONE = Long.MAX_VALUE;

  @ParameterizedTest
  @CsvSource({
    "bert-seqcls, 2",
    "electra-tokcls, 2",
    "albert-seqcls, 2",
    "t5-tokcls, none",
    "distilbert-seqcls, none",
    "roberta-seqcls, none",
    "llama-clm, none",
    "vit-imgcls, none"
  })
  void typesOfCheckpoints(String fixture, String types) {
    IdTables tables =
        IdTables.of(Architectures.build(GoldenFixture.of(fixture).checkpoint()).model());
    assertThat(tables.types()).isEqualTo(types.equals("none") ? NONE : Long.parseLong(types));
  }

  @Test
  void ofTheCaseThereIsOneType() {
    Checkpoint checkpoint = Checkpoint.open(Path.of("src/test/resources/cases/types-1-pair"));
    assertThat(IdTables.of(Architectures.build(checkpoint).model()).types()).isEqualTo(1);
  }

  /** Both exporters of PyTorch; positions of RoBERTa begin behind the padding token's. */
  @ParameterizedTest
  @CsvSource({
    "bert-seqcls-torchscript-14, bert-seqcls",
    "bert-seqcls-dynamo-20, bert-seqcls",
    "bert-qa-torchscript-14, bert-qa",
    "distilbert-seqcls-torchscript-11, distilbert-seqcls",
    "gpt2-seqcls-torchscript-17, gpt2-seqcls",
    "roberta-seqcls-dynamo-18, roberta-seqcls",
    "xlmr-tokcls-torchscript-17, xlmr-tokcls"
  })
  void positionsOfExportedModels(String file, String fixture) {
    Path exported = Path.of("src/test/resources/onnx").resolve(file + ".onnx");
    IdTables tables =
        IdTables.of(OnnxModelFile.read(exported, Optional.empty(), Optional.empty()).graph());
    Checkpoint checkpoint = GoldenFixture.of(fixture).checkpoint();
    assertThat(tables.positions())
        .isEqualTo(checkpoint.config().integer("max_position_embeddings"));
    if (fixture.startsWith("bert")) {
      assertThat(tables.types()).isEqualTo(2);
    }
  }

  /** Rotary positions have no table; buckets of relative ones are no positions. */
  @ParameterizedTest
  @CsvSource({"llama-clm-dynamo-18", "llama-clm-torchscript-17"})
  void othersHaveNoTable(String file) {
    Path exported = Path.of("src/test/resources/onnx").resolve(file + ".onnx");
    IdTables tables =
        IdTables.of(OnnxModelFile.read(exported, Optional.empty(), Optional.empty()).graph());
    assertThat(tables).isEqualTo(new IdTables(NONE, NONE));
  }
}
