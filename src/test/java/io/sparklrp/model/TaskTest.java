package io.sparklrp.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.oracle.UserMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskTest {
  @ParameterizedTest
  @CsvSource({
    "BertForSequenceClassification, SEQUENCE_CLASSIFICATION",
    "XLMRobertaForTokenClassification, TOKEN_CLASSIFICATION",
    "ElectraForQuestionAnswering, QUESTION_ANSWERING",
    "DebertaV2ForMaskedLM, MASKED_LANGUAGE_MODEL",
    "LlamaForCausalLM, CAUSAL_LANGUAGE_MODEL",
    "GPT2LMHeadModel, CAUSAL_LANGUAGE_MODEL",
    "ViTForImageClassification, IMAGE_CLASSIFICATION",
    "DeiTForImageClassificationWithTeacher, IMAGE_CLASSIFICATION",
    "T5EncoderModel, EMBEDDING",
    "MPNetModel, EMBEDDING"
  })
  void endOfTheClassNameSaysTheTask(String name, Task task) {
    assertThat(Task.named(name)).isEqualTo(task);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BertForPreTraining", "BertForMultipleChoice", "Bert", "modelless"})
  void otherHeadsAreRefusedWithTheSupportedOnesAndTheWayOut(String name) {
    UserMessage.of(() -> Task.named(name))
        .contains("the head of " + name)
        .contains("ForSequenceClassification", "ForCausalLM", "ForImageClassification")
        .contains("--model model.onnx");
  }

  @Test
  void languageModelsAreThoseWithAVocabulary() {
    assertThat(Task.values())
        .filteredOn(Task::isLanguageModel)
        .containsExactly(Task.MASKED_LANGUAGE_MODEL, Task.CAUSAL_LANGUAGE_MODEL);
  }
}
