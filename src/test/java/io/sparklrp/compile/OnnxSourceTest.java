package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.model.ProblemType;
import io.sparklrp.model.Task;
import io.sparklrp.onnx.OnnxWriter;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an ONNX file is taken for, by itself and by the configuration beside it. */
class OnnxSourceTest {
  private static final Path EXPORTED = Path.of("src/test/resources/onnx");
  private static final int WORDS = 900;
  private static final String MASK = "attention_mask";

  @TempDir Path directory;

  private Path beside(String fixture, String file) throws IOException {
    Path copy = directory.resolve(file);
    Files.copy(GoldenFixture.of(fixture).directory().resolve(file), copy);
    return copy;
  }

  private void config(String json) throws IOException {
    Files.writeString(directory.resolve("config.json"), json.replace('\'', '"'));
  }

  private OnnxSource open() {
    return new OnnxSource(directory.resolve("model.onnx"), ModelOptions.NONE);
  }

  private static Value input(GraphBuilder builder, String name, String sequence) {
    Shape shape = Shape.of(Dim.symbol("batch"), Dim.symbol(sequence));
    return builder.input(name, DataType.INT64, shape);
  }

  /**
   * Writes a model: embeddings of as many numbers as there are outputs, times each further input.
   *
   * @param output its output's name; begins with {@code pooled} where it is one of the whole text
   */
  private void write(String output, int outputs, String... more) throws IOException {
    GraphBuilder builder = new GraphBuilder("small");
    Ops ops = new Ops(builder, "model", "");
    Value ids = input(builder, "input_ids", "sequence");
    List<Value> others = new ArrayList<>();
    for (String name : more) {
      others.add(input(builder, name, "sequence"));
    }
    float[] numbers = new float[WORDS * outputs];
    Arrays.setAll(new double[numbers.length], i -> numbers[i] = i % 7);
    Value table = builder.initializer("table", Tensor.floats(new long[] {WORDS, outputs}, numbers));
    Value value = ops.gather("words", table, ids, 0);
    for (Value other : others) {
      Value factor = ops.unsqueeze("column", ops.cast("float", other, DataType.FLOAT32), 2);
      value = ops.mul("masked", value, factor);
    }
    Ops head = new Ops(builder, "head", "");
    Value result =
        output.startsWith("pooled")
            ? head.reduceSum(output, value, false, 1)
            : head.mul(output, value, ops.scalar(2));
    Files.write(
        directory.resolve("model.onnx"), OnnxWriter.toBytes(builder.build(List.of(result))));
  }

  @ParameterizedTest
  @CsvSource({
    "pooled_logits, 3, bert-seqcls, SEQUENCE_CLASSIFICATION",
    "logits, 3, bert-seqcls, TOKEN_CLASSIFICATION",
    "hidden_state, 8, bert-seqcls, EMBEDDING",
    "logits, 900, bert-seqcls, MASKED_LANGUAGE_MODEL",
    "logits, 900, gpt2-clm, CAUSAL_LANGUAGE_MODEL"
  })
  void withoutConfigurationTheOutputsTell(String output, int outputs, String tokenizer, Task task)
      throws IOException {
    write(output, outputs, MASK);
    beside(tokenizer, "tokenizer.json");
    OnnxSource source = open();
    assertThat(source.pass().task()).isEqualTo(task);
    assertThat(source.pass().longest()).isEqualTo(512);
    boolean hasClasses = task == Task.SEQUENCE_CLASSIFICATION || task == Task.TOKEN_CLASSIFICATION;
    assertThat(source.labels())
        .isEqualTo(hasClasses ? List.of("LABEL_0", "LABEL_1", "LABEL_2") : List.of());
    assertThat(source.name()).isEqualTo("model.onnx");
    assertThat(source.paddingId()).isZero();
    assertThat(source.imageProcessor()).isEmpty();
  }

  @Test
  void startAndEndAreAnAnswer() throws IOException {
    Path exported = EXPORTED.resolve("bert-qa-torchscript-14.onnx");
    Files.copy(exported, directory.resolve("model.onnx"));
    beside("bert-qa", "tokenizer.json");
    assertThat(open().pass().task()).isEqualTo(Task.QUESTION_ANSWERING);
    assertThat(open().labels()).isEmpty();
    beside("bert-qa", "config.json");
    assertThat(open().pass().task()).isEqualTo(Task.QUESTION_ANSWERING);
    assertThat(open().pass().longest()).isEqualTo(48);
  }

  /** The configuration is believed as far as the outputs can be what it says. */
  @ParameterizedTest
  @CsvSource({
    "pooled_logits, BertForSequenceClassification, SEQUENCE_CLASSIFICATION",
    "pooled_logits, BertForTokenClassification, SEQUENCE_CLASSIFICATION",
    "pooled_logits, BertModel, SEQUENCE_CLASSIFICATION",
    "pooled_logits, SomethingElse, SEQUENCE_CLASSIFICATION",
    "scores, BertForTokenClassification, TOKEN_CLASSIFICATION",
    "logits, BertForTokenClassification, TOKEN_CLASSIFICATION",
    "logits, BertForSequenceClassification, TOKEN_CLASSIFICATION",
    "logits, BertForMaskedLM, MASKED_LANGUAGE_MODEL",
    "hidden, BertModel, EMBEDDING",
    "hidden, BertForSequenceClassification, EMBEDDING"
  })
  void configurationTellsTheTask(String output, String architecture, Task task) throws IOException {
    write(output, 3, MASK);
    beside("bert-seqcls", "tokenizer.json");
    config(
        "{'model_type': 'bert', 'architectures': ['"
            + architecture
            + "'], 'id2label': {'0': 'a', '1': 'b', '2': 'c'}}");
    OnnxSource source = open();
    assertThat(source.pass().task()).isEqualTo(task);
    assertThat(source.labels()).containsExactly("a", "b", "c");
  }

  @ParameterizedTest
  @CsvSource({"pooled_logits", "logits"})
  void wrongNumberOfLabelsIsRefused(String output) throws IOException {
    write(output, 3);
    beside("bert-seqcls", "tokenizer.json");
    config("{'model_type': 'bert', 'id2label': {'0': 'a', '1': 'b'}}");
    UserMessage.of(this::open).contains("model.onnx", "names 2 labels", "has 3");
  }

  @Test
  void configurationWithoutLabelsHasNumberedOnes() throws IOException {
    write("pooled_logits", 2);
    beside("bert-seqcls", "tokenizer.json");
    config("{'model_type': 'bert', 'problem_type': 'multi_label_classification'}");
    assertThat(open().labels()).containsExactly("LABEL_0", "LABEL_1");
    assertThat(open().problemType()).isEqualTo(ProblemType.MULTI_LABEL_CLASSIFICATION);
  }

  @Test
  void unknownInputsAreRefusedAllAtOnce() throws IOException {
    write("pooled_logits", 3, MASK, "past_values", "encoder_state");
    beside("bert-seqcls", "tokenizer.json");
    UserMessage.of(this::open)
        .contains("model.onnx", "encoder_state, past_values")
        .doesNotContain("[input_ids", "[attention_mask");
  }

  @Test
  void allKnownInputsAreFed() throws IOException {
    write("pooled_logits", 3, MASK, "token_type_ids", "position_ids");
    beside("bert-seqcls", "tokenizer.json");
    assertThat(open().pass().task()).isEqualTo(Task.SEQUENCE_CLASSIFICATION);
  }

  /** Padding could be an answer, or part of a vector, if nothing told it apart. */
  @Test
  void vectorsNeedAMask() throws IOException {
    write("hidden_state", 8);
    beside("bert-seqcls", "tokenizer.json");
    UserMessage.of(this::open).contains("model.onnx", "no input attention_mask");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 40",
    "', ''model_type'': ''bert''', 40",
    "', ''model_type'': ''roberta''', 38",
    "', ''model_type'': ''roberta'', ''pad_token_id'': 0', 39",
    "', ''model_type'': ''xlm-roberta'', ''pad_token_id'': 3', 36",
    "', ''model_type'': ''camembert''', 38",
    "', ''model_type'': ''mpnet''', 38"
  })
  void someCountPositionsBehindThePadding(String more, int longest) throws IOException {
    write("pooled_logits", 2);
    beside("bert-seqcls", "tokenizer.json");
    config("{'max_position_embeddings': 40" + more + "}");
    assertThat(open().pass().longest()).isEqualTo(longest);
  }

  @Test
  void longestOfAnExportedRobertaIsThatOfItsCheckpoint() throws IOException {
    Files.copy(EXPORTED.resolve("roberta-seqcls-dynamo-18.onnx"), directory.resolve("model.onnx"));
    beside("roberta-seqcls", "tokenizer.json");
    beside("roberta-seqcls", "config.json");
    int ofCheckpoint =
        ModelAssembly.open(GoldenFixture.of("roberta-seqcls").directory()).lengths().longest();
    assertThat(open().pass().longest()).isEqualTo(ofCheckpoint);
  }

  @Test
  void lengthOfAGpt2IsItsNumberOfPositions() throws IOException {
    write("logits", 900);
    beside("gpt2-clm", "tokenizer.json");
    config("{'model_type': 'gpt2', 'architectures': ['GPT2LMHeadModel'], 'n_positions': 64}");
    assertThat(open().pass().longest()).isEqualTo(64);
    assertThat(open().pass().task()).isEqualTo(Task.CAUSAL_LANGUAGE_MODEL);
  }

  /** Whatever the tokenizer has; where the type is not known, a mask token tells. */
  @ParameterizedTest
  @CsvSource({
    "gpt2, bert-seqcls, CAUSAL_LANGUAGE_MODEL",
    "gpt_neox, bert-seqcls, CAUSAL_LANGUAGE_MODEL",
    "bert, bert-seqcls, MASKED_LANGUAGE_MODEL",
    "bert, gpt2-clm, MASKED_LANGUAGE_MODEL",
    "never-heard-of, bert-seqcls, MASKED_LANGUAGE_MODEL",
    "never-heard-of, gpt2-clm, CAUSAL_LANGUAGE_MODEL"
  })
  void withoutArchitecturesTheTypeTellsHowWordsAreRead(String type, String tokenizer, Task task)
      throws IOException {
    write("logits", 900);
    beside(tokenizer, "tokenizer.json");
    config("{'model_type': '" + type + "'}");
    assertThat(open().pass().task()).isEqualTo(task);
    assertThat(open().notes())
        .filteredOn(note -> note.startsWith("config.json"))
        .singleElement()
        .asString()
        .contains(task.description(), "model_type");
    config("{'model_type': '" + type + "', 'architectures': ['AnyForMaskedLM']}");
    assertThat(open().pass().task()).isEqualTo(Task.MASKED_LANGUAGE_MODEL);
    assertThat(open().notes()).noneMatch(note -> note.startsWith("config.json"));
  }

  /** A table of positions that is smaller than the configuration says, or than is usual. */
  @Test
  void recordsAreNoLongerThanTheTableOfPositions() throws IOException {
    Files.copy(EXPORTED.resolve("bert-seqcls-dynamo-20.onnx"), directory.resolve("model.onnx"));
    beside("bert-seqcls", "tokenizer.json");
    int rows =
        GoldenFixture.of("bert-seqcls").checkpoint().config().integer("max_position_embeddings");
    assertThat(open().pass().longest()).isEqualTo(rows);
    config("{'max_position_embeddings': 4096, 'num_labels': 3}");
    assertThat(open().pass().longest()).isEqualTo(rows);
    config("{'max_position_embeddings': 7, 'num_labels': 3}");
    assertThat(open().pass().longest()).isEqualTo(7);
  }

  /** Configurations say null for what they leave open, and -1 for no padding. */
  @ParameterizedTest
  @CsvSource({"null, 38", "-1, 40"})
  void whatIsLeftOpenIsAsIfItWereNotSaid(String padding, int longest) throws IOException {
    write("pooled_logits", 2);
    beside("bert-seqcls", "tokenizer.json");
    config(
        "{'model_type': 'roberta', 'problem_type': null, 'max_position_embeddings': 40,"
            + " 'id2label': null, 'pad_token_id': "
            + padding
            + "}");
    OnnxSource source = open();
    assertThat(source.paddingId()).isZero();
    assertThat(source.problemType()).isEqualTo(ProblemType.SINGLE_LABEL_CLASSIFICATION);
    assertThat(source.labels()).containsExactly("LABEL_0", "LABEL_1");
    assertThat(source.pass().longest()).isEqualTo(longest);
  }
}
