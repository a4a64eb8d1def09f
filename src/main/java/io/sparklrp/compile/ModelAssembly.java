package io.sparklrp.compile;

import io.sparklrp.checkpoint.TokenizerFile;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.Role;
import io.sparklrp.error.UserException;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.TargetResolver;
import io.sparklrp.explain.TypeTable;
import io.sparklrp.explain.input.InputColumn;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.pass.Plan;
import io.sparklrp.graph.pass.Stage;
import io.sparklrp.image.ImageProcessorConfig;
import io.sparklrp.method.Method;
import io.sparklrp.model.ModelCard;
import io.sparklrp.model.Numerics;
import io.sparklrp.model.OutputNames;
import io.sparklrp.model.ProblemType;
import io.sparklrp.model.Target;
import io.sparklrp.model.Task;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.TargetSource;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Makes what executors run out of a model. */
public final class ModelAssembly {
  private final ModelSource source;
  private final ModelGraph model;
  private final ModelGraph atWords;
  private final String modelId;
  private final Numerics numerics;
  private final LedgerDetail detail;

  private ModelAssembly(
      ModelSource source, String modelId, Numerics numerics, LedgerDetail detail) {
    this.source = source;
    this.model = source.pass().model();
    this.atWords = model.at(source.words());
    this.modelId = modelId;
    this.numerics = numerics;
    this.detail = detail;
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
    ModelSource source = ModelSource.open(path, options);
    ModelAssembly opened =
        new ModelAssembly(source, source.contentHash(), Numerics.FLOAT32, LedgerDetail.LAYER);
    opened.checkTokenizer();
    FiniteWeights.check(opened.model.graph(), source.name());
    return opened;
  }

  /** The same model, compiled to other numbers. */
  public ModelAssembly in(Numerics other) {
    return new ModelAssembly(source, modelId, other, detail);
  }

  /** The same model, whose ledger books as finely. */
  public ModelAssembly booking(LedgerDetail other) {
    return new ModelAssembly(source, modelId, numerics, other);
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
    return atWords
        .graph()
        .producer(atWords.embeddings())
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

  /** The columns that the model reads of its records. */
  public List<InputColumn> columns(RecordShape records) {
    return InputKinds.columns(source, records);
  }

  /**
   * What is explained.
   *
   * @param records what records are
   * @param storage where compiled graphs go
   */
  public ExplainSpec explain(
      Method method, Target target, RecordShape records, GraphStorage storage) {
    return spec(
        target,
        records,
        records.readsWindows()
            ? assembleWindows(method, target, records.maxLength(), records.stride(), storage)
            : assemble(method, target, records.maxLength(), storage));
  }

  /**
   * What is explained, of records whose tokens can be replaced to see what the model says then.
   *
   * @param records what records are: not cut into windows
   * @param replacement {@code unk}, {@code mask}, {@code pad} or a token; of no account for
   *     pictures
   * @throws UserException if the model has no such token
   */
  public ExplainSpec perturbable(
      Method method, Target target, RecordShape records, String replacement, GraphStorage storage) {
    Program program =
        compiler(records.maxLength(), null, storage)
            .compile(
                variant(target),
                method,
                TargetPlan.of(task(), target),
                roles(target),
                Optional.of(replacement));
    return spec(target, records, program);
  }

  /**
   * Checks what tokens are to be replaced by.
   *
   * @throws UserException if the model has no such token
   */
  public void checkReplacement(String replacement) {
    new Replacements(atWords, source.tokenizer(), vocabularyRows()).named(replacement);
  }

  private ExplainSpec spec(Target target, RecordShape records, Program program) {
    ModelCard card = new ModelCard(modelId(), task(), labels(), problemType(), notes());
    return new ExplainSpec(
        program,
        card,
        target,
        resolver(target, program),
        InputKinds.of(source, target, records, program.outputs()));
  }

  /**
   * Compiles a method for this model and a target.
   *
   * @param maxLength most tokens of a record
   * @param storage where the graphs go
   */
  public Program assemble(Method method, Target target, int maxLength, GraphStorage storage) {
    checkEntities(target);
    return compiler(maxLength, null, storage)
        .compile(
            variant(target),
            method,
            TargetPlan.of(task(), target),
            roles(target),
            Optional.empty());
  }

  private ProgramCompiler.Variant variant(Target target) {
    if (!(target instanceof Target.Similarity similarity)) {
      return ProgramCompiler.Variant.whole(model);
    }
    boolean isNormalised = similarity.isCosine() || source.modules().isNormalised();
    return new ProgramCompiler.Variant(
        SentenceVector.of(model, source.pooling(), isNormalised),
        source.pooling() + (isNormalised ? "-cosine" : "-dot"));
  }

  private static Set<Role> roles(Target target) {
    return TargetPlan.predictsFirst(target)
        ? EnumSet.of(Role.EXPLAIN, Role.PREDICT)
        : EnumSet.of(Role.EXPLAIN);
  }

  /**
   * Compiles a method for this model and a target of documents that are cut into windows.
   *
   * @param maxLength most tokens of a window
   * @param stride tokens that consecutive windows share
   * @param storage where the graphs go
   */
  public Program assembleWindows(
      Method method, Target target, int maxLength, int stride, GraphStorage storage) {
    checkEntities(target);
    int none = new OutputNames(labels()).noEntity().orElse(-1);
    return compiler(maxLength, stride, storage)
        .compile(
            ProgramCompiler.Variant.whole(model),
            method,
            TargetPlan.ofWindows(task(), target, none),
            EnumSet.of(Role.EXPLAIN),
            Optional.empty());
  }

  /** Compiles a method for this model and the output that a source of seeds says. */
  public Program assemble(Method method, TargetSource target, int maxLength, GraphStorage storage) {
    return assemble(
        ProgramCompiler.Variant.whole(model), method, TargetPlan.of(target), maxLength, storage);
  }

  /** Compiles a method for a variant of this model's forward pass. */
  Program assemble(
      ProgramCompiler.Variant variant,
      Method method,
      TargetPlan plan,
      int maxLength,
      GraphStorage storage) {
    return compiler(maxLength, null, storage).compile(variant, method, plan);
  }

  private ProgramCompiler compiler(int maxLength, Integer stride, GraphStorage storage) {
    return new ProgramCompiler(
        source, modelId, vocabularyRows(), maxLength, stride, numerics, detail, storage);
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
    Compilation.compile(variant, method, TargetPlan.of(task(), target), numerics, detail, told);
    return told;
  }

  /** Says what a target means for each record. */
  public TargetResolver resolver(Target target, Program compiled) {
    return new TargetResolver(
        target,
        task().isLanguageModel(),
        task() == Task.MASKED_LANGUAGE_MODEL,
        compiled.outputs(),
        source.tokenizer().map(TokenizerFile::maskId).orElse(-1L),
        new TypeTable(IdTables.of(atWords).types()));
  }

  /** Entities are those tokens whose class is not that of one name, of which there must be one. */
  private void checkEntities(Target target) {
    Set<Integer> none = new OutputNames(labels()).labelled("O");
    if (target instanceof Target.Entities && none.size() > 1) {
      throw new UserException(
          String.format(
              "Cannot explain entities of model %s: its outputs %s are all called O. Correct id2label in config.json.",
              source.name(), OutputNames.listed(none)));
    }
  }
}
