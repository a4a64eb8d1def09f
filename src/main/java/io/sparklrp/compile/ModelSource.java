package io.sparklrp.compile;

import io.sparklrp.checkpoint.SentenceModules;
import io.sparklrp.checkpoint.TokenizerFile;
import io.sparklrp.error.UserException;
import io.sparklrp.forward.ForwardPass;
import io.sparklrp.graph.pass.PassLog;
import io.sparklrp.image.ImageProcessorConfig;
import io.sparklrp.method.Method;
import io.sparklrp.model.ProblemType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where a model comes from: what has to be known of it beside its forward pass. */
interface ModelSource {
  /** The model of a path: a checkpoint's directory, or an ONNX file. */
  static ModelSource open(Path path, ModelOptions options) {
    if (path.toString().endsWith(".onnx")) {
      return new OnnxSource(path, options);
    }
    boolean isNamed =
        options.embeddings().filter(at -> !at.equals(EmbeddingOutput.NAME)).isPresent();
    if (isNamed || options.output().isPresent()) {
      throw new UserException(
          String.format(
              "Cannot name a value of a checkpoint: --at and --model-output are for ONNX files."
                  + " Leave them out, give --at %s, or give --model model.onnx.",
              EmbeddingOutput.NAME));
    }
    return new CheckpointSource(path, options);
  }

  /** The name that messages call it by. */
  String name();

  /** The forward pass. */
  ForwardPass pass();

  /** Name of the word embeddings, which tokens replace, wherever the model is explained. */
  default String words() {
    return pass().model().embeddings();
  }

  /** Tells what was done to the graph that was read until it was the forward pass. */
  default void tell(PassLog log) {}

  /**
   * Checks what the forward pass makes of the longest record.
   *
   * @param length its tokens
   * @throws UserException if that is more than an engine should be asked for
   */
  default void checkLength(int length) {}

  /**
   * Checks whether a method can be relied on.
   *
   * @throws UserException if it asks for what is not known of the model
   */
  default void checkMethod(Method method) {}

  /** Names of the classes. */
  List<String> labels();

  /** What a classifier's outputs are. */
  ProblemType problemType();

  /** The tokenizer; empty for models of images. */
  Optional<TokenizerFile> tokenizer();

  /** Id of the token that fills records up; 0 where none is named. */
  long paddingId();

  /** What sentence-transformers says of the directory. */
  SentenceModules modules();

  /** How rows of all tokens become one vector. */
  SentenceVector.Pooling pooling();

  /** How pictures become the model's input; empty for models of text. */
  Optional<ImageProcessorConfig> imageProcessor();

  /** Rows, and columns, of a patch of a picture. */
  int patchSize();

  /** Content hash of all that makes the model what it is. */
  String contentHash();

  /** What a user should know of how the model was read, a sentence each. */
  List<String> notes();
}
