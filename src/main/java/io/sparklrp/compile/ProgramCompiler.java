package io.sparklrp.compile;

import io.sparklrp.attribution.Prediction;
import io.sparklrp.attribution.RankedOutput;
import io.sparklrp.checkpoint.TokenizerFile;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.Role;
import io.sparklrp.engine.RoleGraph;
import io.sparklrp.engine.TokenizerSettings;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.pass.PassLog;
import io.sparklrp.method.IntegratedGradients;
import io.sparklrp.method.Method;
import io.sparklrp.method.Occlusion;
import io.sparklrp.model.Numerics;
import io.sparklrp.model.Procedure;
import io.sparklrp.model.Task;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.TargetSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compiles programs for a model and a length of its records. */
final class ProgramCompiler {
  private final ModelSource source;
  private final String modelId;
  private final int vocabularyRows;
  private final int maxLength;
  private final Integer stride;
  private final Numerics numerics;
  private final LedgerDetail detail;
  private final GraphStorage storage;

  /**
   * A compiler.
   *
   * @param modelId content hash of the model
   * @param vocabularyRows rows of the word embeddings
   * @param maxLength most tokens of a record, or of a window
   * @param stride tokens that consecutive windows share; null where texts are cut
   * @param numerics in which numbers the programs compute
   * @param detail how finely their ledgers book
   * @param storage where the graphs go
   */
  ProgramCompiler(
      ModelSource source,
      String modelId,
      int vocabularyRows,
      int maxLength,
      Integer stride,
      Numerics numerics,
      LedgerDetail detail,
      GraphStorage storage) {
    this.source = source;
    this.modelId = modelId;
    this.vocabularyRows = vocabularyRows;
    this.maxLength = maxLength;
    this.stride = stride;
    this.numerics = numerics;
    this.detail = detail;
    this.storage = storage;
  }

  /**
   * A forward pass that is made of a model's.
   *
   * @param model the forward pass
   * @param name tells it from others of the model
   */
  record Variant(ModelGraph model, String name) {
    /** The model's own. */
    static Variant whole(ModelGraph model) {
      return new Variant(model, "whole");
    }
  }

  /** The program of a method and a kind of targets, which gives all of the model's outputs. */
  Program compile(Variant variant, Method method, TargetPlan plan) {
    return compile(
        variant, method, plan, new Asked(EnumSet.of(Role.EXPLAIN), Optional.empty(), false));
  }

  /**
   * The program of a method and a target, which gives the model's outputs as far as they are
   * written.
   *
   * @param replacement by what embeddings can be replaced, to see what the model says then
   */
  Program compile(
      Variant variant,
      Method method,
      TargetPlan plan,
      Set<Role> roles,
      Optional<String> replacement) {
    return compile(variant, method, plan, new Asked(roles, replacement, true));
  }

  /**
   * What a program is asked for.
   *
   * @param roles of its graphs
   * @param replacement by what embeddings can be replaced, to see what the model says then; empty
   *     where nobody asks
   * @param asWritten whether its outputs are given only as far as they are written
   */
  private record Asked(Set<Role> roles, Optional<String> replacement, boolean asWritten) {}

  private Program compile(Variant variant, Method method, TargetPlan plan, Asked asked) {
    source.checkLength(maxLength);
    source.checkMethod(method);
    Shape logits = logits(variant);
    boolean isRanked = asked.asWritten() && isRanked(plan, logits);
    TargetPlan planned = isRanked ? plan.keepingHighest(RankedOutput.HIGHEST) : plan;
    CompiledRelevance compiled =
        Compilation.compile(variant.model(), method, planned, numerics, detail, PassLog.NONE);
    boolean isByToken = logits.rank() == 3 && plan.rows().isEmpty();
    Map<Role, RoleGraph> graphs = new EnumMap<>(Role.class);
    graphs.put(
        Role.EXPLAIN,
        stored(compiled.graph(), Role.EXPLAIN, isByToken, isRanked, plan.areSeveral()));
    if (asked.roles().contains(Role.PREDICT)) {
      Graph predict = Compilation.inNumbers(PredictGraph.of(variant.model()), numerics);
      graphs.put(Role.PREDICT, stored(predict, Role.PREDICT, isByToken, false, false));
    }
    Procedure procedure = method.procedure(compiled);
    addReplaced(graphs, variant, method, asked, planned);
    if (numerics.needsExactKernel()) {
      graphs.put(Role.PROBE, KernelProbe.stored());
    }
    return new Program(
        key(variant, method, procedure, planned, asked),
        graphs,
        compiled.ledgerEntries(),
        procedure,
        Math.toIntExact(logits.dim(-1).size()),
        paddingId(),
        GraphBatching.of(variant.model()),
        source.tokenizer().map(this::settings));
  }

  /** The graphs that are run again and again with embeddings replaced. */
  private void addReplaced(
      Map<Role, RoleGraph> graphs, Variant variant, Method method, Asked asked, TargetPlan plan) {
    boolean areSeveral = plan.source() != TargetSource.SEED;
    ReplacedGraphs tokens = replaced(variant.model().at(source.words()), plan);
    if (method instanceof Occlusion) {
      graphs.put(Role.SCORE, stored(tokens.occlusion(), Role.SCORE, false, false, areSeveral));
    }
    if (method instanceof IntegratedGradients path) {
      ReplacedGraphs points = replaced(variant.model(), plan);
      graphs.put(Role.SCORE, stored(points.baseline(path), Role.SCORE, false, false, areSeveral));
      graphs.put(Role.STEP, stored(points.step(path), Role.STEP, false, false, false));
    }
    asked
        .replacement()
        .map(tokens::perturbed)
        .ifPresent(
            graph -> graphs.put(Role.PERTURB, stored(graph, Role.PERTURB, false, false, false)));
  }

  private ReplacedGraphs replaced(ModelGraph model, TargetPlan plan) {
    Replacements by = new Replacements(model, source.tokenizer(), vocabularyRows);
    return new ReplacedGraphs(model, by, plan, numerics);
  }

  private static Shape logits(Variant variant) {
    return variant.model().graph().value(variant.model().logits()).shape();
  }

  private String key(
      Variant variant, Method method, Procedure procedure, TargetPlan plan, Asked asked) {
    return String.join(
        "/",
        modelId,
        variant.model().embeddings(),
        variant.model().logits(),
        variant.name(),
        method.id(),
        method.variant(),
        procedure.toString(),
        detail.toString(),
        plan.key(),
        asked.roles().toString(),
        asked.replacement().map(name -> "replaced by " + name).orElse(""),
        numerics.key(),
        stride == null ? Integer.toString(maxLength) : maxLength + "-stride-" + stride);
  }

  /** Whether only the highest of a record's outputs are read: too many are not written anyway. */
  private boolean isRanked(TargetPlan plan, Shape logits) {
    Task task = source.pass().task();
    boolean isByRow =
        task.isLanguageModel()
            || task == Task.SEQUENCE_CLASSIFICATION
            || task == Task.IMAGE_CLASSIFICATION;
    boolean readsAll = stride != null || plan.source() == TargetSource.SEED;
    return isByRow
        && !readsAll
        && (logits.rank() == 2 || plan.rows().isPresent())
        && logits.dim(-1).size() > Prediction.MOST_LOGITS;
  }

  private RoleGraph stored(
      Graph graph, Role role, boolean isByToken, boolean isRanked, boolean hasSeveralTargets) {
    return new RoleGraph(
        storage.store(graph, role),
        graph.inputs().stream().map(Value::name).toList(),
        isByToken,
        isRanked,
        hasSeveralTargets,
        ActivationMemory.of(graph),
        OperationCount.of(graph));
  }

  /** Padding is masked, so that any token will do where the one that is named has no embedding. */
  private long paddingId() {
    return source.paddingId() < vocabularyRows ? source.paddingId() : 0;
  }

  private TokenizerSettings settings(TokenizerFile file) {
    TokenizerSettings settings =
        stride == null
            ? new TokenizerSettings(file.bytes(), maxLength, vocabularyRows)
            : new TokenizerSettings(
                file.bytes(), maxLength, vocabularyRows, stride, file.cutsLeft());
    return file.givesTypes() ? settings : settings.withoutTypes();
  }
}
