package io.sparklrp.compile;

import io.sparklrp.checkpoint.TokenizerFile;
import io.sparklrp.error.UserException;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.pass.ReplacedRows.Replacement;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

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
        .map(TokenizerFile::hidingId)
        .filter(id -> id >= 0 && id < vocabularyRows)
        .map(this::ofToken)
        .orElseGet(Replacements::zero);
  }

  /**
   * What users name: a token by its part in the vocabulary, or by its text; for pictures always the
   * mean of their patches.
   *
   * @param name {@code unk}, {@code mask}, {@code pad} or a token
   * @throws UserException if the model has no such token, or embeddings are no rows of a table
   */
  Replacement named(String name) {
    return tokenizer.map(file -> ofToken(id(file, name))).orElseGet(Replacements::mean);
  }

  /**
   * The embedding of the padding token.
   *
   * @throws UserException if the model has none, or embeddings are no rows of a table
   */
  Replacement padding() {
    return tokenizer
        .map(this::pad)
        .filter(id -> id >= 0 && id < vocabularyRows)
        .map(this::ofToken)
        .orElseThrow(
            () ->
                new UserException(
                    "Cannot begin at the padding token's embedding: the model has no such token."
                        + " Leave out --baseline."));
  }

  /** The mean of the record's own, which are as many in all records. */
  private static Replacement mean() {
    return (ops, embeddings) -> ops.reduceMean("mean", embeddings, true, 1);
  }

  private long id(TokenizerFile file, String name) {
    long id =
        switch (name) {
          case "unk" -> file.unknownId();
          case "mask" -> file.maskId();
          case "pad" -> pad(file);
          default -> file.idOf(name, vocabularyRows, false).orElse(-1);
        };
    if (id < 0 || id >= vocabularyRows) {
      throw new UserException(
          String.format(
              "Cannot replace tokens by %s: the model has no such token. Give --replacement unk, mask, pad or a token"
                  + " of its vocabulary.",
              name));
    }
    return id;
  }

  private long pad(TokenizerFile file) {
    return Stream.of("[PAD]", "<pad>")
        .map(text -> file.idOf(text, vocabularyRows, false))
        .flatMapToInt(OptionalInt::stream)
        .findFirst()
        .orElse(-1);
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
                            "Cannot replace embeddings: %s are no rows of a table. Leave out --at, or export the"
                                + " model with its word embeddings as one table.",
                            model.embeddings())));
    return (ops, embeddings) ->
        ops.gather("row", ops.builder().value(lookup.input(0)), ops.longs(id), 0);
  }
}
