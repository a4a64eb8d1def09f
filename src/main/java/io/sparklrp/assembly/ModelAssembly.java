package io.sparklrp.assembly;

import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.error.UserException;
import io.sparklrp.forward.Architectures;
import io.sparklrp.forward.ForwardPass;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.Method;
import io.sparklrp.relevance.RuleSet;
import io.sparklrp.relevance.TargetSource;
import io.sparklrp.runtime.ExplanationModel;
import io.sparklrp.runtime.TokenizerSettings;
import java.nio.file.Path;
import java.util.List;

/** Makes what executors run out of a checkpoint. */
public final class ModelAssembly {
  private final Checkpoint checkpoint;
  private final ForwardPass pass;
  private final ModelGraph model;
  private final String modelId;

  private ModelAssembly(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
    this.pass = Architectures.build(checkpoint);
    this.model = pass.model();
    this.modelId = checkpoint.contentHash();
    checkTokenizer();
  }

  /**
   * Opens a checkpoint and builds its forward pass.
   *
   * @throws UserException if that cannot be done
   */
  public static ModelAssembly open(Path directory) {
    return new ModelAssembly(Checkpoint.open(directory));
  }

  private void checkTokenizer() {
    long largest = checkpoint.tokenizer().orElseThrow().largestId();
    if (largest >= vocabularyRows()) {
      throw new UserException(
          String.format(
              "Cannot use model %s: its tokenizer gives token ids up to %d, but the embeddings have %d rows."
                  + " Check that tokenizer.json and the weights belong together.",
              checkpoint.directory().getFileName(), largest, vocabularyRows()));
    }
  }

  private int vocabularyRows() {
    String table = model.graph().producer(model.embeddings()).orElseThrow().input(0);
    return Math.toIntExact(model.graph().value(table).shape().dim(0).size());
  }

  /** Content hash of weights, configuration and tokenizer. */
  public String modelId() {
    return modelId;
  }

  /** Names of the outputs. */
  public List<String> labels() {
    return checkpoint.config().labels();
  }

  /** What the outputs are: how probabilities are made of them. */
  public ProblemType problemType() {
    return ProblemType.of(checkpoint.config().text("problem_type", ""), labels().size());
  }

  /** The forward pass. */
  public ModelGraph forward() {
    return model;
  }

  /** Most tokens of a record that the model can take. */
  public int longest() {
    return pass.longest();
  }

  /** The longest length to use: the wish, where there is one, if the model can take it. */
  public int maxLength(Integer wish) {
    if (wish != null && (wish < 3 || wish > longest())) {
      throw new UserException(
          String.format(
              "Cannot use --max-length %d: the model takes 3 to %d tokens. Give a number between.",
              wish, longest()));
    }
    return wish == null ? longest() : wish;
  }

  /**
   * Compiles a method for this model.
   *
   * @param maxLength most tokens of a record
   * @param storage where the graph goes
   */
  public ExplanationModel assemble(
      Method method, TargetSource target, int maxLength, GraphStorage storage) {
    return assemble(model, "whole", method, target, maxLength, storage);
  }

  /** Compiles a method for a variant of this model's forward pass, which has a name of its own. */
  ExplanationModel assemble(
      ModelGraph variant,
      String name,
      Method method,
      TargetSource target,
      int maxLength,
      GraphStorage storage) {
    CompiledRelevance compiled =
        Compilation.compile(variant, RuleSet.of(method), target, LedgerDetail.LAYER);
    TokenizerSettings tokenizer =
        new TokenizerSettings(
            checkpoint.tokenizer().orElseThrow().bytes(), maxLength, vocabularyRows());
    String key =
        String.join("/", modelId, name, method.id(), target.name(), Integer.toString(maxLength));
    boolean seeded = target == TargetSource.SEED;
    return new ExplanationModel(
        key,
        storage.store(compiled.graph()),
        compiled.ledgerEntries(),
        labels().size(),
        seeded,
        tokenizer);
  }
}
