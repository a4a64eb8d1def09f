package io.sparklrp.assembly;

import io.sparklrp.error.RecordException;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.pass.ScaledValue;
import io.sparklrp.relevance.Method;
import io.sparklrp.relevance.TargetSource;
import io.sparklrp.runtime.EncodedText;
import io.sparklrp.runtime.ExplanationModel;
import io.sparklrp.runtime.RecordRelevance;
import io.sparklrp.runtime.RelevanceSession;
import io.sparklrp.runtime.RelevanceSessions;
import io.sparklrp.runtime.TokenBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tests a model in numbers on a few texts: the ledger of the method, and the plain gradient against
 * finite differences (all embeddings scaled by 1 + h and 1 - h: half the difference over h is the
 * sum of gradient x input).
 */
public final class SelfTest {
  private static final double LEDGER_BOUND = 1e-4;
  private static final double DIFFERENCE_BOUND = 1e-2;
  private static final float STEP = 1f / 128;
  private static final int LONGEST = 64;
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
                verdict(agrees, DIFFERENCE_BOUND)));
    return new Result(closes && agrees, lines);
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
    List<RecordRelevance> exact = run(assembly.forward(), "whole", Method.GRADIENT_X_INPUT);
    List<RecordRelevance> more = run(scaled(1 + STEP), "more", Method.GRADIENT_X_INPUT);
    List<RecordRelevance> less = run(scaled(1 - STEP), "less", Method.GRADIENT_X_INPUT);
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

  /** The first output is explained, so that scaled embeddings do not change the class. */
  private List<RecordRelevance> run(ModelGraph graph, String variant, Method method) {
    int length = Math.min(LONGEST, assembly.longest());
    float[][] seeds = new float[TEXTS.size()][assembly.labels().size()];
    for (float[] seed : seeds) {
      seed[0] = 1;
    }
    try (GraphStorage storage = new GraphStorage()) {
      return run(
          assembly.assemble(
              graph, variant, method, TargetPlan.of(TargetSource.SEED), length, storage),
          seeds);
    }
  }

  private static List<RecordRelevance> run(ExplanationModel model, float[][] seeds) {
    try (RelevanceSession session = RelevanceSessions.ofJvm().acquire(model)) {
      List<EncodedText> texts = new ArrayList<>();
      for (String text : TEXTS) {
        texts.add(session.tokenizer().encode(text, null));
      }
      return session.run(new TokenBatch(texts, seeds));
    } catch (RecordException e) {
      throw new IllegalStateException("Cannot tokenise the self-test's texts.", e);
    }
  }
}
