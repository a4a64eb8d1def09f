package io.sparklrp.assembly;

import io.sparklrp.checkpoint.TokenizerFile;
import io.sparklrp.error.UserException;
import io.sparklrp.forward.Task;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.pass.Plan;
import io.sparklrp.graph.pass.Stage;
import io.sparklrp.image.ImageProcessorConfig;
import io.sparklrp.method.Method;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.TargetSource;
import io.sparklrp.runtime.ExplanationModel;
import io.sparklrp.runtime.TokenizerSettings;
import io.sparklrp.runtime.window.DocumentRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Makes what executors run out of a model. */
public final class ModelAssembly {
  private final ModelSource source;
  private final ModelGraph model;
  private final String modelId;

  private ModelAssembly(ModelSource source) {
    this.source = source;
    this.model = source.pass().model();
    this.modelId = source.contentHash();
    checkTokenizer();
    FiniteWeights.check(model.graph(), source.name());
  }

  /**
   * Opens a checkpoint or an ONNX file and builds its forward pass.
   *
   * @throws UserException if that cannot be done
   */
  public static ModelAssembly open(Path path) {
    return open(path, ModelOptions.NONE);
  }

  /** Opens a model of which a user says more than its files. */
  public static ModelAssembly open(Path path, ModelOptions options) {
    return new ModelAssembly(ModelSource.open(path, options));
  }

  private void checkTokenizer() {
    if (source.tokenizer().isEmpty()) {
      return;
    }
    long largest = source.tokenizer().orElseThrow().largestId();
    if (largest >= vocabularyRows()) {
      throw new UserException(
          String.format(
              "Cannot use model %s: its tokenizer gives token ids up to %d, but the embeddings have %d rows."
                  + " Check that tokenizer.json and the weights belong together.",
              source.name(), largest, vocabularyRows()));
    }
  }

  private int vocabularyRows() {
    return model
        .graph()
        .producer(model.embeddings())
        .filter(lookup -> lookup.op().equals("Gather"))
        .map(lookup -> model.graph().value(lookup.input(0)).shape().dim(0))
        .filter(Dim::isFixed)
        .map(rows -> Math.toIntExact(rows.size()))
        .orElseGet(
            () -> Math.toIntExact(source.tokenizer().map(TokenizerFile::largestId).orElse(0L) + 1));
  }

  /** Content hash of weights, configuration and tokenizer. */
  public String modelId() {
    return modelId;
  }

  /** Names of the outputs. */
  public List<String> labels() {
    return source.labels();
  }

  /** What the outputs are: how probabilities are made of them. */
  public ProblemType problemType() {
    return source.problemType();
  }

  /** The forward pass. */
  public ModelGraph forward() {
    return model;
  }

  /** How long records can be. */
  public RecordLengths lengths() {
    return new RecordLengths(source, vocabularyRows());
  }

  /** Whether the model reads pictures. */
  public boolean readsImages() {
    return source.tokenizer().isEmpty();
  }

  /** How pictures become the model's input; empty for models of text. */
  public Optional<ImageProcessorConfig> imageProcessor() {
    return source.imageProcessor();
  }

  /** Rows, and columns, of a patch of a picture. */
  public int patchSize() {
    return source.patchSize();
  }

  /** What a user should know of how the model was read, a sentence each. */
  public List<String> notes() {
    return source.notes();
  }

  /** What the model's outputs are. */
  public Task task() {
    return source.pass().task();
  }

  /**
   * Reads a target as users write it, or several.
   *
   * @throws UserException if the model's head cannot be asked so
   */
  public Target target(List<String> texts) {
    return new TargetParser(task(), labels(), words(), this::wordId).parse(texts);
  }

  /** A token's id by its text, as the vocabulary has it or behind a blank; or the id itself. */
  private OptionalInt wordId(String text) {
    return source
        .tokenizer()
        .orElseThrow()
        .idOf(text, words(), task() == Task.CAUSAL_LANGUAGE_MODEL);
  }

  /** How many tokens have a row in the embeddings and, in language models, an output. */
  private int words() {
    Dim outputs = model.graph().value(model.logits()).shape().dim(-1);
    return task().isLanguageModel() && outputs.isFixed()
        ? (int) Math.min(vocabularyRows(), outputs.size())
        : vocabularyRows();
  }

  /**
   * Compiles a method for this model and a target.
   *
   * @param maxLength most tokens of a record
   * @param storage where the graph goes
   */
  public ExplanationModel assemble(
      Method method, Target target, int maxLength, GraphStorage storage) {
    String name = "whole";
    ModelGraph variant = model;
    if (target instanceof Target.Similarity similarity) {
      boolean isNormalised = similarity.isCosine() || source.modules().isNormalised();
      name = source.pooling() + (isNormalised ? "-cosine" : "-dot");
      variant = SentenceVector.of(model, source.pooling(), isNormalised);
    }
    return assemble(variant, name, method, plan(target), maxLength, storage);
  }

  /**
   * Compiles a method for this model and a target of documents that are cut into windows.
   *
   * @param maxLength most tokens of a window
   * @param stride tokens that consecutive windows share
   * @param storage where the graph goes
   */
  public ExplanationModel assembleWindows(
      Method method, Target target, int maxLength, int stride, GraphStorage storage) {
    TargetPlan windows = TargetPlan.ofWindows(task(), target, noEntity(target));
    return assemble(model, "whole", method, windows, maxLength, stride, storage);
  }

  /**
   * What is done to the model's graph, pass by pass, for a method and the usual target.
   *
   * @throws UserException if the method cannot explain the model
   */
  public Plan plan(Method method) {
    Plan told = new Plan();
    source.tell(told);
    Target target = target(List.of("predicted"));
    ModelGraph variant = model;
    if (target instanceof Target.Similarity) {
      variant =
          new Stage<>("select", List.of(SentenceVector.pass(source.pooling(), true)))
              .run(model, ModelGraph::graph, told);
    }
    Compilation.compile(variant, method, plan(target), told);
    return told;
  }

  /** Says how a target is explained in documents of windows. */
  public DocumentRule documentRule(Target target, ExplanationModel compiled) {
    return DocumentRules.of(target, compiled.outputs());
  }

  /** Says what a target means for each record. */
  public TargetResolver resolver(Target target, ExplanationModel compiled) {
    return new TargetResolver(
        target,
        task().isLanguageModel(),
        task() == Task.MASKED_LANGUAGE_MODEL,
        compiled.outputs(),
        source.tokenizer().map(TokenizerFile::maskId).orElse(-1L),
        IdTables.of(model));
  }

  private TargetPlan plan(Target target) {
    return TargetPlan.of(task(), target, noEntity(target));
  }

  /** The class of tokens that are no entity; -1 where all are. */
  private int noEntity(Target target) {
    Set<Integer> none = new OutputNames(labels()).labelled("O");
    if (target instanceof Target.Entities && none.size() > 1) {
      throw new UserException(
          String.format(
              "Cannot explain entities of model %s: its outputs %s are all called O. Correct id2label in config.json.",
              source.name(), OutputNames.listed(none)));
    }
    return none.isEmpty() ? -1 : none.iterator().next();
  }

  /**
   * Compiles a method for this model.
   *
   * @param maxLength most tokens of a record
   * @param storage where the graph goes
   */
  public ExplanationModel assemble(
      Method method, TargetSource target, int maxLength, GraphStorage storage) {
    return assemble(model, "whole", method, TargetPlan.of(target), maxLength, storage);
  }

  /** Compiles a method for a variant of this model's forward pass, which has a name of its own. */
  ExplanationModel assemble(
      ModelGraph variant,
      String name,
      Method method,
      TargetPlan plan,
      int maxLength,
      GraphStorage storage) {
    return assemble(variant, name, method, plan, maxLength, null, storage);
  }

  private ExplanationModel assemble(
      ModelGraph variant,
      String name,
      Method method,
      TargetPlan plan,
      int maxLength,
      Integer stride,
      GraphStorage storage) {
    source.checkLength(maxLength);
    CompiledRelevance compiled = Compilation.compile(variant, method, plan);
    String key =
        String.join(
            "/",
            modelId,
            variant.embeddings(),
            variant.logits(),
            name,
            method.id(),
            plan.key(),
            stride == null ? Integer.toString(maxLength) : maxLength + "-stride-" + stride);
    List<String> inputs = compiled.graph().inputs().stream().map(Value::name).toList();
    Shape logits = compiled.graph().value(CompiledRelevance.LOGITS).shape();
    return new ExplanationModel(
        key,
        storage.store(compiled.graph()),
        compiled.ledgerEntries(),
        Math.toIntExact(logits.dim(-1).size()),
        inputs,
        logits.rank() == 3 && plan.rows().isEmpty(),
        plan.areSeveral(),
        ActivationMemory.ofRecord(compiled.graph(), maxLength),
        paddingId(),
        GraphBatching.of(variant),
        source.tokenizer().map(file -> settings(file, maxLength, stride)).orElse(null));
  }

  /** Padding is masked, so that any token will do where the one that is named has no embedding. */
  private long paddingId() {
    return source.paddingId() < vocabularyRows() ? source.paddingId() : 0;
  }

  private TokenizerSettings settings(TokenizerFile file, int maxLength, Integer stride) {
    TokenizerSettings settings =
        stride == null
            ? new TokenizerSettings(file.bytes(), maxLength, vocabularyRows())
            : new TokenizerSettings(
                file.bytes(), maxLength, vocabularyRows(), stride, file.cutsLeft());
    return file.givesTypes() ? settings : settings.withoutTypes();
  }
}
