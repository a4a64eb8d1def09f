package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.SampleRecords;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.method.IntegratedGradients;
import io.sparklrp.method.Method;
import io.sparklrp.method.Occlusion;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.record.EncodedPicture;
import io.sparklrp.record.EncodedRecord;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.PatchPixels;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import io.sparklrp.relevance.TargetSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A golden fixture's records on the engine, in one batch, so that most are padded. */
final class GoldenRun {
  private static final double TOLERANCE = 1e-5;
  private static final int STEPS = 16;

  private GoldenRun() {}

  /**
   * What was compared.
   *
   * @param deviation the largest deviation of a token's relevance, in units of max(1, max-abs-xg)
   * @param largestShare the largest difference of a record's relevance, over its sum|R|
   * @param relevance relevance of all records' tokens in those units, one after the other
   */
  record Comparison(double deviation, double largestShare, List<Double> relevance) {
    /** The largest difference from the same records by another model. */
    double from(Comparison other) {
      assertThat(relevance).hasSameSizeAs(other.relevance);
      return IntStream.range(0, relevance.size())
          .mapToDouble(i -> Math.abs(relevance.get(i) - other.relevance.get(i)))
          .max()
          .orElseThrow();
    }
  }

  /** Asserts that a model gives the fixture's results, within the tolerance that it states. */
  static Comparison compare(ModelAssembly assembly, GoldenFixture fixture, Method method)
      throws Exception {
    return compare(assembly, fixture, method, TOLERANCE);
  }

  /**
   * The same within another tolerance.
   *
   * @param tolerated of relevance, logits and ledger, in their units
   */
  static Comparison compare(
      ModelAssembly assembly, GoldenFixture fixture, Method method, double tolerated)
      throws Exception {
    List<GoldenFixture.GoldenRecord> records = fixture.records();
    Program model = model(assembly, fixture, inSteps(method), records.get(0).row().isPresent());
    try (EngineSession session = EngineSessions.ofJvm().acquire(model)) {
      List<EncodedRecord> inputs = new ArrayList<>();
      for (GoldenFixture.GoldenRecord record : records) {
        inputs.add(input(record, session, assembly));
      }
      List<RecordTargets> targets = records.stream().map(GoldenRun::asked).toList();
      List<RecordRelevance> results = SampleRecords.first(session, TokenBatch.of(inputs, targets));
      double largest = 0;
      double largestShare = 0;
      DoubleStream.Builder relevance = DoubleStream.builder();
      for (int i = 0; i < records.size(); i++) {
        RecordRelevance result = results.get(i);
        largest = Math.max(largest, compare(records.get(i), method, model, result, tolerated));
        largestShare = Math.max(largestShare, share(records.get(i).relevance(method.id()), result));
        double unit = Math.max(1, records.get(i).scale(method.id()));
        IntStream.range(0, result.tokens())
            .mapToDouble(token -> result.relevance(token) / unit)
            .forEach(relevance);
      }
      return new Comparison(largest, largestShare, relevance.build().boxed().toList());
    }
  }

  /** The references have fewer steps than is usual. */
  static Method inSteps(Method method) {
    return method instanceof IntegratedGradients path
        ? new IntegratedGradients(path.id(), path.description(), STEPS, path.isFromPadding())
        : method;
  }

  private static double share(double[] reference, RecordRelevance found) {
    double off =
        IntStream.range(0, reference.length)
            .mapToDouble(i -> Math.abs(reference[i] - found.relevance(i)))
            .sum();
    return off / Arrays.stream(reference).map(Math::abs).sum();
  }

  private static Program model(
      ModelAssembly assembly, GoldenFixture fixture, Method method, boolean selectsRows) {
    TargetPlan plan = selectsRows ? TargetPlan.ofOneRow() : TargetPlan.of(TargetSource.TARGETS);
    int length = assembly.readsImages() ? 0 : fixture.maxLength();
    return assembly.assemble(
        new ProgramCompiler.Variant(assembly.forward(), "golden"),
        method,
        plan,
        length,
        new GraphStorage());
  }

  /** Of how many differences of scores a residual is the sum, each of which is rounded. */
  private static int differences(Method method, int tokens) {
    boolean isOfScores = method instanceof Occlusion || method instanceof IntegratedGradients;
    return isOfScores ? 1 + tokens : 1;
  }

  private static EncodedRecord input(
      GoldenFixture.GoldenRecord record, EngineSession session, ModelAssembly assembly)
      throws Exception {
    if (!record.isImage()) {
      EncodedText text = session.tokenizer().orElseThrow().encode(record.text(), record.textPair());
      assertThat(IntStream.range(0, text.length()).mapToLong(text::id).toArray())
          .isEqualTo(record.ids());
      return text;
    }
    int side = (int) Math.round(Math.sqrt(record.pixels().length / 3.0));
    return new EncodedPicture(
        new PatchPixels(record.pixels(), 3, side, side), assembly.patchSize());
  }

  private static RecordTargets asked(GoldenFixture.GoldenRecord record) {
    float[] seed = record.seed();
    long[] index =
        IntStream.range(0, seed.length).filter(i -> seed[i] != 0).asLongStream().toArray();
    float[] weight = new float[index.length];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = seed[(int) index[i]];
    }
    long[] positions =
        record.row().isPresent() ? new long[] {record.row().getAsInt()} : new long[0];
    return new RecordTargets(positions, List.of(new TargetWeights(index, weight)));
  }

  private static double compare(
      GoldenFixture.GoldenRecord record,
      Method method,
      Program model,
      RecordRelevance result,
      double tolerated) {
    double tolerance = tolerated * Math.max(1, record.scale(method.id()));
    double[] reference = record.relevance(method.id());
    assertThat(result.tokens()).isEqualTo(reference.length);
    double sum = 0;
    double largest = 0;
    for (int i = 0; i < reference.length; i++) {
      assertThat((double) result.relevance(i))
          .as("%s, token %d", record, i)
          .isCloseTo(reference[i], within(tolerance));
      sum += result.relevance(i);
      largest = Math.max(largest, Math.abs(result.relevance(i) - reference[i]));
    }
    double largestLogit = Arrays.stream(record.logits()).map(Math::abs).max().orElse(0);
    double closeLogit = tolerated * Math.max(1, largestLogit);
    assertThat(result.score()).isCloseTo(record.score(), within(closeLogit));
    assertThat(result.logits()).hasSize(record.logits().length);
    for (int i = 0; i < record.logits().length; i++) {
      assertThat((double) result.logits()[i]).isCloseTo(record.logits()[i], within(closeLogit));
    }
    GoldenFixture.Ledger ledger = record.ledger(method.id());
    for (int i = 0; i < model.ledgerEntries().size(); i++) {
      String entry = model.ledgerEntries().get(i);
      assertThat(result.ledger(i)).as(entry).isCloseTo(ledger.amount(entry), within(tolerance));
      sum += result.ledger(i);
    }
    assertThat(result.score() - sum)
        .as("residual")
        .isCloseTo(ledger.residual(), within(tolerance * differences(method, reference.length)));
    assertThat(result.failure()).isEmpty();
    return largest / Math.max(1, record.scale(method.id()));
  }
}
