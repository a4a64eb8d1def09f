package io.sparklrp.compile;

import io.sparklrp.checkpoint.ContentHash;
import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.checkpoint.ModelFiles;
import io.sparklrp.checkpoint.SentenceModules;
import io.sparklrp.checkpoint.TokenizerFile;
import io.sparklrp.error.UserException;
import io.sparklrp.forward.ForwardPass;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.pass.PassLog;
import io.sparklrp.image.ImageProcessorConfig;
import io.sparklrp.method.Gradient;
import io.sparklrp.method.Method;
import io.sparklrp.model.ProblemType;
import io.sparklrp.model.Task;
import io.sparklrp.onnx.OnnxModel;
import io.sparklrp.onnx.OnnxModelFile;
import io.sparklrp.relevance.RowShare;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * An ONNX file, its {@code tokenizer.json}, and its {@code config.json} where there is one: names
 * of classes and the kind of head come from it.
 */
final class OnnxSource implements ModelSource {
  private static final Set<String> FED =
      Set.of("input_ids", "attention_mask", "token_type_ids", "position_ids");
  private static final Set<String> AFTER_PADDING =
      Set.of("camembert", "mpnet", "roberta", "xlm-roberta");
  private static final int USUAL_LENGTH = 512;

  private final Path file;
  private final ModelOptions options;
  private final OnnxModel model;
  private final Optional<ModelConfig> config;
  private final SentenceModules modules;
  private final TokenizerFile tokenizer;
  private final ForwardPass pass;

  OnnxSource(Path path, ModelOptions options) {
    this.file = path.toAbsolutePath();
    this.options = options;
    this.model = OnnxModelFile.read(file, options.embeddings(), options.output());
    this.config = ModelConfig.readIfPresent(beside(ModelFiles.CONFIG));
    this.modules = SentenceModules.read(file.getParent());
    this.tokenizer = TokenizerFile.read(beside(ModelFiles.TOKENIZER), modules.isLowered());
    this.pass = new ForwardPass(model.graph(), task(), longest());
    checkInputs();
    checkMask();
    checkLabels();
  }

  private Path beside(String other) {
    return file.resolveSibling(other);
  }

  /** What the configuration says, or less where the graph fixes its number of tokens. */
  private int longest() {
    int positions = positions();
    long fixed = GraphBatching.length(model.graph().graph()).orElse(positions);
    return (int) Math.min(positions, fixed);
  }

  /** RoBERTa's kind counts positions behind the padding token's. */
  private int positions() {
    if (config.isEmpty()) {
      return (int) Math.min(USUAL_LENGTH, IdTables.of(model.graph()).positions());
    }
    ModelConfig said = config.get();
    int positions =
        said.integer("max_position_embeddings", said.integer("n_positions", USUAL_LENGTH));
    boolean startsLate =
        said.has("model_type") && AFTER_PADDING.contains(said.text("model_type", ""));
    int rows = (int) Math.min(positions, IdTables.of(model.graph()).positions());
    return startsLate ? rows - said.signed("pad_token_id", 1) - 1 : rows;
  }

  private Shape outputs() {
    ModelGraph graph = model.graph();
    return graph.graph().value(graph.logits()).shape();
  }

  /** What the configuration says, if the outputs can be that; otherwise what they look like. */
  private Task task() {
    Optional<Task> said = said();
    boolean isByToken = outputs().rank() == 3;
    if (said.isPresent() && said.get() != Task.EMBEDDING && isByToken == isByToken(said.get())) {
      return said.get();
    }
    if (!isByToken) {
      return Task.SEQUENCE_CLASSIFICATION;
    }
    if (outputs().dim(-1).size() > tokenizer.largestId()) {
      return isCausal() ? Task.CAUSAL_LANGUAGE_MODEL : Task.MASKED_LANGUAGE_MODEL;
    }
    if (model.graph().logits().startsWith("span.")) {
      return Task.QUESTION_ANSWERING;
    }
    return model.graph().logits().contains("logits") ? Task.TOKEN_CLASSIFICATION : Task.EMBEDDING;
  }

  /**
   * As its {@code model_type} says, whatever the tokenizer has; or its mask token, where unknown.
   */
  private boolean isCausal() {
    boolean isKnown = config.filter(c -> c.isCausalType() || c.isMaskedType()).isPresent();
    return isKnown ? config.orElseThrow().isCausalType() : tokenizer.maskId() < 0;
  }

  /** The kind of head that config.json says, whether or not the outputs can be that. */
  private Optional<Task> said() {
    return config
        .filter(c -> !c.architectures().isEmpty())
        .flatMap(c -> Task.find(c.architectures().get(0)));
  }

  private static boolean isByToken(Task task) {
    return task != Task.SEQUENCE_CLASSIFICATION && task != Task.IMAGE_CLASSIFICATION;
  }

  private void checkInputs() {
    Set<String> others = new TreeSet<>();
    model.graph().graph().inputs().stream()
        .map(Value::name)
        .filter(name -> !FED.contains(name))
        .forEach(others::add);
    if (!others.isEmpty()) {
      throw new UserException(
          String.format(
              "Cannot use model %s: its inputs %s are not known. Export it with input_ids, attention_mask,"
                  + " token_type_ids and position_ids only, without past keys and values.",
              name(), others));
    }
  }

  private void checkMask() {
    boolean needsMask = pass.task() == Task.QUESTION_ANSWERING || pass.task() == Task.EMBEDDING;
    if (needsMask && !model.graph().graph().hasValue("attention_mask")) {
      throw new UserException(
          String.format(
              "Cannot use model %s: it has no input attention_mask. Export it with one.", name()));
    }
  }

  private void checkLabels() {
    boolean hasClasses =
        pass.task() == Task.SEQUENCE_CLASSIFICATION || pass.task() == Task.TOKEN_CLASSIFICATION;
    long outputs = outputs().dim(-1).size();
    if (hasClasses && labels().size() != outputs) {
      throw new UserException(
          String.format(
              "Cannot use model %s: config.json names %d labels, and the output %s has %d. Correct config.json.",
              name(), labels().size(), model.graph().logits(), outputs));
    }
  }

  @Override
  public String name() {
    return String.valueOf(file.getFileName());
  }

  @Override
  public ForwardPass pass() {
    return pass;
  }

  @Override
  public String words() {
    return model.words();
  }

  /** Reads the file once more: few ask, and the graphs between would take memory for all. */
  @Override
  public void tell(PassLog log) {
    OnnxModelFile.read(file, options.embeddings(), options.output(), log);
  }

  @Override
  public void checkLength(int length) {
    LongestRecord.check(model.graph().graph(), length, name());
  }

  /**
   * Where positions and constants enter an exported graph, and as whose, is not known for certain.
   */
  @Override
  public void checkMethod(Method method) {
    if (method instanceof Gradient gradient
        && (gradient.shares().contains(RowShare.POSITIONS)
            || gradient.shares().contains(RowShare.CONSTANTS))) {
      throw new UserException(
          String.format(
              "Cannot explain %s by %s: where positions and constants enter an exported file is not known for certain."
                  + " Give --model its checkpoint, or --method attnlrp, and leave out --bias to-tokens.",
              name(), method.id()));
    }
  }

  @Override
  public List<String> labels() {
    return config
        .filter(c -> c.has("id2label") || c.has("num_labels"))
        .map(ModelConfig::labels)
        .orElseGet(this::numbered);
  }

  private List<String> numbered() {
    boolean hasClasses =
        pass.task() == Task.SEQUENCE_CLASSIFICATION || pass.task() == Task.TOKEN_CLASSIFICATION;
    return hasClasses
        ? IntStream.range(0, Math.toIntExact(outputs().dim(-1).size()))
            .mapToObj(i -> "LABEL_" + i)
            .toList()
        : List.of();
  }

  @Override
  public ProblemType problemType() {
    String said = config.map(c -> c.text("problem_type", "")).orElse("");
    return ProblemType.of(said, labels().size());
  }

  @Override
  public Optional<TokenizerFile> tokenizer() {
    return Optional.of(tokenizer);
  }

  @Override
  public long paddingId() {
    return config.map(c -> Math.max(0, c.signed("pad_token_id", 0))).orElse(0);
  }

  @Override
  public SentenceModules modules() {
    return modules;
  }

  @Override
  public SentenceVector.Pooling pooling() {
    return SentenceVector.Pooling.of(modules, options);
  }

  @Override
  public Optional<ImageProcessorConfig> imageProcessor() {
    return Optional.empty();
  }

  @Override
  public int patchSize() {
    return 0;
  }

  @Override
  public String contentHash() {
    return ContentHash.of(file.getParent(), model.files());
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>(model.notes());
    notes.addAll(tokenizer.notes());
    if (said().filter(pass.task()::equals).isEmpty()) {
      notes.add(
          String.format(
              "config.json names no class for the outputs: taken for a model of %s, as they%s say.",
              pass.task().description(), config.isPresent() ? " and model_type" : ""));
    }
    return List.copyOf(notes);
  }
}
