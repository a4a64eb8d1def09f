package io.sparklrp.compile;

import io.sparklrp.checkpoint.TokenizerFile;
import io.sparklrp.error.UserException;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.pass.ReplacedRows.Replacement;
import java.util.Optional;
import java.util.stream.LongStream;

/** By which vectors methods replace embeddings. */
final class Replacements {
  private final ModelGraph model;
  private final Optional<TokenizerFile> tokenizer;
  private final int vocabularyRows;

  /**
   * Those of a model.
   *
   * @param tokenizer empty for models of images
   * @param vocabularyRows rows of the word embeddings
   */
  Replacements(ModelGraph model, Optional<TokenizerFile> tokenizer, int vocabularyRows) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.vocabularyRows = vocabularyRows;
  }

  /** Zeros. */
  static Replacement zero() {
    return (ops, embeddings) -> ops.scalar(0f);
  }

  /** The embedding of the mask token, else of that for unknown ones, else zeros. */
  Replacement hiding() {
    return tokenizer
        .flatMap(
            file ->
                LongStream.of(file.maskId(), file.unknownId())
                    .filter(id -> id >= 0 && id < vocabularyRows)
                    .boxed()
                    .findFirst())
        .map(this::ofToken)
        .orElseGet(Replacements::zero);
  }

  /**
   * A token's embedding.
   *
   * @throws UserException if embeddings are no rows of a table
   */
  private Replacement ofToken(long id) {
    Node lookup =
        model
            .graph()
            .producer(model.embeddings())
            .filter(node -> node.op().equals("Gather"))
            .filter(node -> model.graph().constant(node.input(0)).isPresent())
            .orElseThrow(
                () ->
                    new UserException(
                        String.format(
                            "Cannot replace embeddings: %s are no rows of a table. Use another --method.",
                            model.embeddings())));
    return (ops, embeddings) ->
        ops.gather("row", ops.builder().value(lookup.input(0)), ops.longs(id), 0);
  }
}
