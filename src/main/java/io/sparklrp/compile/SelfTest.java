package io.sparklrp.compile;

import io.sparklrp.compile.ProgramCompiler.Variant;
import io.sparklrp.engine.Batching;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.error.RecordException;
import io.sparklrp.explain.BatchCheck;
import io.sparklrp.explain.ProbeRecords;
import io.sparklrp.explain.run.AskedRecord;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.explain.run.EngineRunner;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.explain.run.RunListener;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.pass.ScaledValue;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.record.EncodedRecord;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import io.sparklrp.relevance.TargetSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tests a model in numbers on a few texts, or pictures: the ledger of the method, and the plain
 * gradient against finite differences (all embeddings scaled by 1 + h and 1 - h: half the
 * difference over h is the sum of gradient x input).
 */
public final class SelfTest {
  private static final double LEDGER_BOUND = 1e-4;
  private static final double DIFFERENCE_BOUND = 1e-2;
  private static final float STEP = 1f / 128;
  private static final int LONGEST = 64;
  private static final int MADE_UP = 8;
  private static final List<String> TEXTS =
      List.of(
          "It is not bad at all.",
          "A long evening, a short film, and nothing in it that I would like to see again.",
          "Wonderful",
          "The food was cold, but the service was friendly and quick!");

  private final ModelAssembly assembly;

  private SelfTest(ModelAssembly assembly) {
    this.assembly = assembly;
  }

  /**
   * What was found.
   *
   * @param passed whether all is within its bound
   * @param lines what to print
   */
  public record Result(boolean passed, List<String> lines) {}

  /** Tests a model and a method. */
  public static Result run(ModelAssembly assembly, Method method) {
    return new SelfTest(assembly).run(method);
  }

  private Result run(Method method) {
    BatchCheck.Result batches = checkBatches(method);
    double residual = largestResidual(method);
    double difference = largestDifference();
    boolean closes = !method.isConservative() || residual <= LEDGER_BOUND;
    boolean agrees = difference <= DIFFERENCE_BOUND;
    String bound =
        method.isConservative()
            ? verdict(closes, LEDGER_BOUND)
            : "(not conservative: reported only)";
    List<String> lines =
        List.of(
            String.format(
                Locale.ROOT,
                "ledger of %s: largest residual %.1e of its scale %s",
                method.id(),
                residual,
                bound),
            String.format(
                Locale.ROOT,
                "gradient against finite differences: off by %.1e of their scale %s",
                difference,
                verdict(agrees, DIFFERENCE_BOUND)),
            line(batches));
    return new Result(closes && agrees, lines);
  }

  /** The check of batches, which leaves out what does not hold instead of failing. */
  private BatchCheck.Result checkBatches(Method method) {
    try (GraphStorage storage = new GraphStorage()) {
      int length = assembly.lengths().maxLength(null);
      TargetPlan plan = plan(assembly.forward());
      Program model =
          assembly.assemble(Variant.whole(assembly.forward()), method, plan, length, storage);
      try (EngineSession session = EngineSessions.ofJvm().acquire(model)) {
        return BatchCheck.run(session, records(session));
      }
    }
  }

  private static String line(BatchCheck.Result found) {
    String padded =
        Double.isNaN(found.padded())
            ? ""
            : String.format(Locale.ROOT, "off by %.1e padded", found.padded());
    String together =
        Double.isNaN(found.together())
            ? ""
            : String.format(
                Locale.ROOT,
                "%s %.1e beside others of its length",
                padded.isEmpty() ? "off by" : " and by",
                found.together());
    return String.format(
        "a record alone and in batches: %s%s. %s",
        padded, together, found.batching().note().orElse("Records share batches freely."));
  }

  private static String verdict(boolean passed, double bound) {
    return String.format(Locale.ROOT, "(bound %.0e): %s", bound, passed ? "passed" : "FAILED");
  }

  private double largestResidual(Method method) {
    double largest = 0;
    for (RecordRelevance found : run(assembly.forward(), "whole", method)) {
      double rest = found.score();
      double scale = Math.abs(found.score());
      double parts = 0;
      for (int i = 0; i < found.tokens(); i++) {
        rest -= found.relevance(i);
        parts += Math.abs(found.relevance(i));
      }
      for (int i = 0; i < found.ledgerSize(); i++) {
        rest -= found.ledger(i);
        parts += Math.abs(found.ledger(i));
      }
      largest = Math.max(largest, Math.abs(rest) / Math.max(1, Math.max(scale, parts)));
    }
    return largest;
  }

  private double largestDifference() {
    List<RecordRelevance> exact = run(assembly.forward(), "whole", Methods.GRADIENT_X_INPUT);
    List<RecordRelevance> more = run(scaled(1 + STEP), "more", Methods.GRADIENT_X_INPUT);
    List<RecordRelevance> less = run(scaled(1 - STEP), "less", Methods.GRADIENT_X_INPUT);
    double largest = 0;
    for (int i = 0; i < exact.size(); i++) {
      double slope = (more.get(i).score() - less.get(i).score()) / (2 * STEP);
      double sum = 0;
      double scale = 1;
      for (int t = 0; t < exact.get(i).tokens(); t++) {
        sum += exact.get(i).relevance(t);
        scale += Math.abs(exact.get(i).relevance(t));
      }
      largest = Math.max(largest, Math.abs(slope - sum) / scale);
    }
    return largest;
  }

  private ModelGraph scaled(float factor) {
    ModelGraph model = assembly.forward();
    return new ModelGraph(
        ScaledValue.apply(model.graph(), model.embeddings(), factor),
        model.embeddings(),
        model.logits());
  }

  /**
   * One output is explained, so that scaled embeddings do not change which: the first, of the last
   * token where there is one of each token.
   */
  private List<RecordRelevance> run(ModelGraph graph, String variant, Method method) {
    int length = Math.min(LONGEST, assembly.lengths().longest());
    try (GraphStorage storage = new GraphStorage()) {
      return run(
          assembly.assemble(new Variant(graph, variant), method, plan(graph), length, storage));
    }
  }

  private static TargetPlan plan(ModelGraph graph) {
    boolean isByToken = graph.graph().value(graph.logits()).rank() == 3;
    return isByToken ? TargetPlan.ofOneRow() : TargetPlan.of(TargetSource.TARGETS);
  }

  private List<RecordRelevance> run(Program model) {
    try (EngineSession session = EngineSessions.ofJvm().acquire(model)) {
      List<EncodedRecord> inputs = inputs(session);
      EngineRunner runner =
          new EngineRunner(
              session, model.batching(), BatchLimits.ofTokens(Integer.MAX_VALUE), RunListener.NONE);
      return runner.explain(inputs.stream().map(text -> asked(model, text)).toList()).stream()
          .map(SelfTest::only)
          .toList();
    }
  }

  private static RecordRelevance only(Outcome<List<RecordRelevance>> outcome) {
    return outcome.value().get(0);
  }

  private static AskedRecord asked(Program model, EncodedRecord record) {
    long[] rows = model.selectsRows() ? new long[] {record.length() - 1L} : new long[0];
    return new AskedRecord(record, new RecordTargets(rows, List.of(TargetWeights.of(0))));
  }

  private ProbeRecords records(EngineSession session) {
    if (!assembly.readsImages()) {
      return ProbeRecords.of(session.tokenizer().orElseThrow());
    }
    Shape shape = assembly.forward().graph().value("pixel_values").shape();
    int side = (int) shape.dim(2).size();
    return ProbeRecords.ofPictures((int) shape.dim(1).size(), side, side, assembly.patchSize());
  }

  /** Sentences, or pictures; records made of sentences where none fits by itself. */
  private List<EncodedRecord> inputs(EngineSession session) {
    ProbeRecords records = records(session);
    if (records.areOfOneLength()) {
      return List.of(records.record(0, 0), records.record(0, 1));
    }
    Batching batching = session.program().batching();
    boolean isFixed = batching.length() != Batching.FREE;
    List<EncodedRecord> texts =
        TEXTS.stream()
            .flatMap(text -> encoded(session.tokenizer().orElseThrow(), text).stream())
            .toList();
    return texts.isEmpty() || (isFixed && !batching.isMasked())
        ? List.of(
            records.record(isFixed ? batching.length() : MADE_UP, 0),
            records.record(isFixed ? batching.length() : MADE_UP, 1))
        : texts;
  }

  /** Nothing where the tokenizer cannot read the text. */
  private static Optional<EncodedRecord> encoded(TextTokenizer tokenizer, String text) {
    try {
      return Optional.of(tokenizer.encode(text, null));
    } catch (RecordException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
