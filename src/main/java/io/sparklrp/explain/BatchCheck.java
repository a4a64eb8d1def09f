package io.sparklrp.explain;

import io.sparklrp.engine.BatchShape;
import io.sparklrp.engine.Batching;
import io.sparklrp.engine.Batching.Sharing;
import io.sparklrp.engine.EngineFailure;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.Role;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.error.JobFailedException;
import io.sparklrp.error.UserException;
import io.sparklrp.record.EncodedRecord;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tries in numbers whether a record's result is that of the record alone whatever its batch:
 * records of several lengths alone, padded beside longer ones, and together with others of their
 * own length. What does not hold is left out: no padding, or no company at all.
 *
 * <p>It is the first to run the graph, so that one that cannot be run at all is found here, and not
 * record by record.
 */
public final class BatchCheck {
  /** Results of records of one length that differ by more than rounding: the model mixes them. */
  private static final double MIXED = 1e-3;

  private static final int SHORT = 64;
  private static final List<Integer> LENGTHS = List.of(4, 7, 17, 33, SHORT);
  private static final List<Integer> SIZES = List.of(2, 3, 7);

  /** The longest record is tried where the engine needs no more than this for it. */
  private static final long MOST_BYTES = 512L << 20;

  private final EngineSession session;
  private final Program program;
  private final ProbeRecords records;
  private final Map<Integer, List<RecordRelevance>> alone = new LinkedHashMap<>();
  private EngineFailure failure;

  private BatchCheck(EngineSession session, ProbeRecords records) {
    this.session = session;
    this.program = session.program();
    this.records = records;
  }

  /**
   * What was found.
   *
   * @param batching how records must be batched
   * @param padded largest difference between a record alone and padded, over the results' scale;
   *     NaN where it was not tried, since nothing is padded
   * @param together the same between a record alone and beside others of its length
   */
  public record Result(Batching batching, double padded, double together) {}

  /**
   * Tries a model.
   *
   * @throws UserException if it cannot be run, or brings the records of a batch together
   * @throws JobFailedException if there is too little memory for a single record
   */
  public static Result run(EngineSession session, ProbeRecords records) {
    return new BatchCheck(session, records).run();
  }

  /**
   * How quickly the engine computes on one core, of records of a middle length: the longest take
   * long, and the shortest tell little.
   */
  public static EngineSpeed speed(EngineSession session, ProbeRecords records, Batching batching) {
    BatchCheck check = new BatchCheck(session, records);
    List<Integer> lengths = check.lengths();
    int length =
        lengths.stream()
            .filter(some -> some <= SHORT)
            .max(Comparator.naturalOrder())
            .orElse(lengths.get(0));
    return new EngineRate(session, check::batch)
        .measure(records, length, batching.sharing() == Sharing.ONE_RECORD);
  }

  private Result run() {
    lengths().forEach(this::runAlone);
    if (alone.isEmpty()) {
      throw cannotRun();
    }
    Batching batching = program.batching();
    double padded = Double.NaN;
    if (batching.sharing() == Sharing.PADDED && alone.size() > 1) {
      padded = padded();
      batching =
          padded <= Deviation.BOUND
              ? batching
              : batching.atLeast(
                  Sharing.ONE_LENGTH,
                  Double.isInfinite(padded)
                      ? "padded ones cannot be run"
                      : "their results change when they are padded");
    }
    double together = program.batching().records() == 1 ? Double.NaN : together(Deviation::of);
    if (together > MIXED && !Double.isInfinite(together)) {
      throw differs(together, together(Deviation::ofOutputs));
    }
    if (together > Deviation.BOUND) {
      batching =
          batching.atLeast(
              Sharing.ONE_RECORD,
              Double.isInfinite(together)
                  ? "several cannot be run together"
                  : "their results change beside others of their length");
    }
    return new Result(predicting(batching), padded, together);
  }

  /** The same for the forward pass alone, where it is run too; short records are enough. */
  private Batching predicting(Batching batching) {
    List<Integer> some =
        alone.keySet().stream()
            .filter(length -> length <= SHORT && !alone.get(length).isEmpty())
            .limit(batching.records() == Batching.FREE ? SHORT : batching.records())
            .toList();
    if (program.graph(Role.PREDICT).isEmpty() || some.isEmpty()) {
      return batching;
    }
    try {
      return new PredictCheck(
              session, some.stream().map(length -> records.record(length, 0)).toList())
          .check(
              batching, some.stream().map(length -> alone.get(length).get(0).outputs()).toList());
    } catch (EngineFailure e) {
      failure = e;
      throw cannotRun();
    }
  }

  private List<Integer> lengths() {
    int fixed = program.batching().length();
    if (records.areOfOneLength()) {
      return List.of(records.record(0, 0).length());
    }
    int longest = program.tokenizer().orElseThrow().maxLength();
    if (fixed != Batching.FREE && !program.batching().isMasked()) {
      return List.of(fixed);
    }
    TreeSet<Integer> lengths = new TreeSet<>();
    LENGTHS.forEach(length -> lengths.add(Math.min(length, longest)));
    if (program.memory().bytes(BatchShape.ofRecord(longest)) <= MOST_BYTES) {
      lengths.add(longest);
    }
    return List.copyOf(lengths);
  }

  /**
   * Short ones together, as far as a batch has room for them, and the shortest beside the longest.
   */
  private double padded() {
    List<Integer> all = List.copyOf(alone.keySet());
    int records = program.batching().records();
    List<Integer> some = all.stream().filter(length -> length <= SHORT).toList();
    int room = records == Batching.FREE ? some.size() : Math.min(records, some.size());
    double longest = ofBatch(List.of(all.get(0), all.get(all.size() - 1)));
    return some.isEmpty()
        ? longest
        : Math.max(longest, ofBatch(some.subList(some.size() - room, some.size())));
  }

  private void runAlone(int length) {
    try {
      alone.put(length, results(batch(List.of(records.record(length, 0)))).get(0));
    } catch (EngineFailure e) {
      failure = e;
    }
  }

  /** Records of different lengths, all padded to the longest. */
  private double ofBatch(List<Integer> lengths) {
    List<EncodedRecord> texts = lengths.stream().map(length -> records.record(length, 0)).toList();
    return deviation(texts, lengths.stream().map(alone::get).toList(), Deviation::of);
  }

  /** Records of one length, the one of them that was run alone at every place. */
  private double together(Measure measure) {
    List<Integer> all = List.copyOf(alone.keySet());
    int most = program.batching().records();
    return Stream.of(all.get(0), all.get(all.size() / 2))
        .distinct()
        .flatMap(
            length ->
                SIZES.stream()
                    .filter(size -> most == Batching.FREE || size <= most)
                    .map(size -> together(length, size, measure)))
        .reduce(0.0, Math::max);
  }

  private double together(int length, int size, Measure measure) {
    List<EncodedRecord> texts =
        IntStream.range(0, size).mapToObj(i -> records.record(length, size - 1 - i)).toList();
    List<List<RecordRelevance>> expected = new ArrayList<>();
    texts.forEach(text -> expected.add(null));
    expected.set(size - 1, alone.get(length));
    return deviation(texts, expected, measure);
  }

  /** Infinite where the engine fails; nothing is known where memory is short for it. */
  private double deviation(
      List<EncodedRecord> texts, List<List<RecordRelevance>> expected, Measure measure) {
    try {
      List<List<RecordRelevance>> found = results(batch(texts));
      return IntStream.range(0, texts.size())
          .filter(i -> expected.get(i) != null)
          .mapToDouble(i -> measure.of(expected.get(i), found.get(i)))
          .reduce(0, Math::max);
    } catch (EngineFailure e) {
      return e.isMemory() ? 0 : Double.POSITIVE_INFINITY;
    }
  }

  private List<List<RecordRelevance>> results(TokenBatch batch) {
    return new RepeatedGraphs(session).with(batch, session.explain(batch));
  }

  private TokenBatch batch(List<EncodedRecord> texts) {
    float[][] seeds = null;
    if (program.isSeeded()) {
      seeds = texts.stream().map(text -> seed(program.outputs())).toArray(float[][]::new);
    }
    return new TokenBatch(texts, seeds, texts.stream().map(this::asked).toList());
  }

  private static float[] seed(int outputs) {
    float[] seed = new float[outputs];
    for (int i = 0; i < outputs; i++) {
      seed[i] = 1 - i % 3;
    }
    return seed;
  }

  /** The last token's row where rows are selected, and the first output where targets are given. */
  private RecordTargets asked(EncodedRecord text) {
    long[] rows = program.selectsRows() ? new long[] {text.length() - 1L} : new long[0];
    boolean isGiven = program.hasGivenTargets();
    boolean isChosen = program.explain().inputs().contains("given_index");
    List<TargetWeights> targets =
        isGiven
            ? List.of(TargetWeights.of(0))
            : isChosen ? List.of(TargetWeights.CHOSEN) : List.of();
    return new RecordTargets(rows, targets);
  }

  private RuntimeException cannotRun() {
    if (failure.isMemory()) {
      return new JobFailedException(
          String.format(
              "Cannot run the model: the engine has not enough memory for one record (%s)."
                  + " Give executors more spark.executor.memoryOverhead.",
              failure.words()),
          failure.getCause());
    }
    return new UserException(
        String.format(
            "Cannot run the model: the engine fails at records of every length that was tried (%s)."
                + " Export it again, with dynamic axes for batch and sequence.",
            failure.words()),
        failure.getCause());
  }

  /**
   * Why results that differ from batch to batch are refused: a model that reads its batch has other
   * outputs too; where those hold, it is the method that cannot be computed so closely.
   */
  private UserException differs(double results, double outputs) {
    String where =
        program.batching().sharing() == Sharing.ONE_RECORD
            ? ": " + String.join("; ", program.batching().reasons())
            : "";
    return new UserException(
        outputs <= Deviation.BOUND ? turnsOnRounding(results, outputs) : mixes(results, where));
  }

  private static String mixes(double results, String where) {
    return String.format(
        Locale.ROOT,
        "Cannot use the model: a record's result depends on the other records of its batch, by %.1e of its"
            + " scale%s. Export it in evaluation mode, without statistics over the batch.",
        results,
        where);
  }

  private static String turnsOnRounding(double results, double outputs) {
    return String.format(
        Locale.ROOT,
        "Cannot explain the model by this method: its relevance turns on the last bits of a number, and differs by"
            + " %.1e of its scale from batch to batch, where the model's outputs differ by %.1e. Use another method,"
            + " or leave out --gamma, whose quotients can cancel.",
        results,
        outputs);
  }

  /** How far a record's results are from those of the record alone. */
  private interface Measure {
    double of(List<RecordRelevance> alone, List<RecordRelevance> found);
  }
}
