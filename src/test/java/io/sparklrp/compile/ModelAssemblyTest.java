package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.engine.Program;
import io.sparklrp.graph.Tensor;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.model.ProblemType;
import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.UserMessage;
import io.sparklrp.relevance.TargetSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelAssemblyTest {
  private static final String WORDS = "bert.embeddings.word_embeddings.weight";

  @TempDir Path parent;

  private final GraphStorage storage = new GraphStorage();

  @AfterEach
  void closeStorage() {
    storage.close();
  }

  private EditableCheckpoint model() throws IOException {
    return EditableCheckpoint.tiny(7, parent.resolve("tiny-model"));
  }

  /** A model whose embeddings have so many rows; the tokenizer's ids go up to 899. */
  private EditableCheckpoint rows(int rows) throws IOException {
    EditableCheckpoint model = model();
    Tensor words = model.tensors().get(WORDS);
    int hidden = (int) words.shape()[1];
    float[] elements = Arrays.copyOf(words.toFloats(), rows * hidden);
    return model
        .config("vocab_size", Integer.toString(rows))
        .tensor(WORDS, Tensor.floats(new long[] {rows, hidden}, elements));
  }

  @Test
  void tokenIdsBeyondTheEmbeddingsAreRefusedWithBothNumbers() throws IOException {
    Path directory = rows(899).directory();
    UserMessage.of(() -> ModelAssembly.open(directory))
        .contains("tiny-model", "899 rows", "to 899");
  }

  @ParameterizedTest
  @ValueSource(ints = {900, 1000})
  void embeddingsMayHaveUnusedRows(int rows) throws IOException {
    ModelAssembly assembly = ModelAssembly.open(rows(rows).directory());
    Program model = assembly.assemble(Methods.LRP, TargetSource.SEED, 16, storage);
    assertThat(model.tokenizer().orElseThrow().vocabularyRows()).isEqualTo(rows);
  }

  @Test
  void lengthIsTheModelsUnlessLessIsWished() throws IOException {
    ModelAssembly assembly = ModelAssembly.open(model().directory());
    assertThat(assembly.lengths().longest()).isEqualTo(16);
    assertThat(assembly.lengths().maxLength(null)).isEqualTo(16);
    for (int wish : new int[] {3, 4, 15, 16}) {
      assertThat(assembly.lengths().maxLength(wish)).isEqualTo(wish);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 1, 0, -1, 17, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void lengthsThatTheModelCannotTakeAreRefused(int wish) throws IOException {
    ModelAssembly assembly = ModelAssembly.open(model().directory());
    UserMessage.of(() -> assembly.lengths().maxLength(wish))
        .contains("--max-length " + wish, "3 to 16");
  }

  @Test
  void whatAModelIsComesFromItsConfiguration() throws IOException {
    EditableCheckpoint model = model().config("problem_type", "\"multi_label_classification\"");
    ModelAssembly assembly = ModelAssembly.open(model.directory());
    assertThat(assembly.problemType()).isEqualTo(ProblemType.MULTI_LABEL_CLASSIFICATION);
    assertThat(assembly.labels()).isEqualTo(model.open().config().labels());
    assertThat(assembly.modelId()).isEqualTo(model.open().contentHash());
  }

  /** Sessions are shared by key: what computes something else must have another one. */
  @Test
  void modelsThatComputeSomethingElseHaveOtherKeys() throws IOException {
    EditableCheckpoint edited = model();
    ModelAssembly assembly = ModelAssembly.open(edited.directory());
    Set<String> keys = new HashSet<>();
    int assembled = 0;
    for (Method method : Methods.all()) {
      for (TargetSource target : TargetSource.values()) {
        for (int length = 12; length < 14; length++) {
          keys.add(assembly.assemble(method, target, length, storage).key());
          assembled++;
        }
      }
    }
    assertThat(keys).hasSize(assembled);
    assertThat(keys).contains(key(edited));
    edited.tensor("classifier.bias", zeros(edited.tensors().get("classifier.bias")));
    assertThat(keys).doesNotContain(key(edited));
  }

  private String key(EditableCheckpoint model) {
    return ModelAssembly.open(model.directory())
        .assemble(Methods.LRP, TargetSource.SEED, 12, storage)
        .key();
  }

  private static Tensor zeros(Tensor like) {
    return Tensor.floats(like.shape(), new float[(int) like.size()]);
  }

  @Test
  void assembledModelSaysWhatItNeedsAndGives() {
    GoldenFixture fixture = GoldenFixture.of("bert-seqcls");
    ModelAssembly assembly = ModelAssembly.open(fixture.directory());
    Program seeded = assembly.assemble(Methods.LRP, TargetSource.SEED, 9, storage);
    assertThat(seeded.isSeeded()).isTrue();
    assertThat(seeded.outputs()).isEqualTo(3);
    assertThat(seeded.tokenizer().orElseThrow().maxLength()).isEqualTo(9);
    assertThat(seeded.ledgerEntries())
        .containsExactly("position", "segment", "embeddings", "layer.0", "layer.1", "head");
    assertThat(assembly.assemble(Methods.LRP, TargetSource.PREDICTED, 9, storage).isSeeded())
        .isFalse();
  }
}
