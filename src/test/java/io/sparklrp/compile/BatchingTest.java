package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.engine.Batching;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.SampleRecords;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.explain.BatchCheck;
import io.sparklrp.explain.ProbeRecords;
import io.sparklrp.explain.run.BatchRunner;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.method.Method;
import io.sparklrp.method.MethodOptions;
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.UserMessage;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.relevance.TargetSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Models that read their batch are found, and each of their records has the result it has alone.
 */
class BatchingTest {
  private static final long SEED = 20;
  private static final int[] LENGTHS = {3, 3, 9, 16, 16, 16, 2, 90, 91, 60, 9};

  @TempDir Path directory;

  @AfterEach
  void closeSessions() {
    EngineSessions.ofJvm().closeIdle();
  }

  private EngineSession open(BatchSibling sibling, Method method) throws IOException {
    return open(sibling.write(directory), method);
  }

  private static EngineSession open(Path model, Method method) throws IOException {
    ModelAssembly assembly = ModelAssembly.open(model);
    try (GraphStorage storage = new GraphStorage()) {
      int length = assembly.lengths().maxLength(null);
      return EngineSessions.ofJvm()
          .acquire(assembly.assemble(method, TargetSource.PREDICTED, length, storage));
    }
  }

  private static Batching check(EngineSession session) {
    return BatchCheck.run(session, ProbeRecords.of(session.tokenizer().orElseThrow())).batching();
  }

  @ParameterizedTest
  @EnumSource
  void sharingIsAsFreeAsCanBe(BatchSibling sibling) throws IOException {
    try (EngineSession session = open(sibling, Methods.LRP_STAY)) {
      if (sibling.sharing().isEmpty()) {
        UserMessage.of(() -> check(session)).contains("depends on the other records of its batch");
        return;
      }
      Batching batching = check(session);
      assertThat(batching.sharing()).as("%s", batching).isEqualTo(sibling.sharing().get());
      assertThat(batching.note().isEmpty())
          .isEqualTo(batching.sharing() == Batching.Sharing.PADDED);
    }
  }

  @Test
  void aMethodThatTurnsOnRoundingIsRefusedWhereTheModelIsNot() throws IOException {
    Path model = CancellingModel.write(directory, 0.25f);
    try (EngineSession session = open(model, Methods.LRP)) {
      assertThat(check(session).records()).isEqualTo(Batching.FREE);
    }
    try (EngineSession session = open(model, MethodOptions.written("lrp:gamma=0.25", 0))) {
      UserMessage.of(() -> check(session))
          .contains("by this method: its relevance turns on the last bits")
          .contains("--gamma");
    }
  }

  private static List<EncodedText> texts(BatchSibling sibling, Random random) {
    int longest = sibling.length() == Batching.FREE ? Integer.MAX_VALUE : sibling.length();
    return Arrays.stream(LENGTHS)
        .map(length -> Math.min(length, longest))
        .mapToObj(length -> SampleRecords.random(random, length, BatchSibling.WORDS))
        .toList();
  }

  private static List<Outcome<List<RecordRelevance>>> run(
      EngineSession session, Batching batching, List<EncodedText> texts) {
    BatchRunner<List<RecordRelevance>> runner = new BatchRunner<>(batching, session::explain);
    List<Outcome<List<RecordRelevance>>> all =
        new ArrayList<>(Collections.nCopies(texts.size(), null));
    int[] lengths = texts.stream().mapToInt(EncodedText::length).toArray();
    for (List<Integer> batch : batching.plan(lengths, 2048)) {
      List<Outcome<List<RecordRelevance>>> found =
          runner.run(new TokenBatch(batch.stream().map(texts::get).toList(), null));
      for (int i = 0; i < batch.size(); i++) {
        all.set(batch.get(i), found.get(i));
      }
    }
    return all;
  }

  private static Stream<Arguments> usable() {
    return Arrays.stream(BatchSibling.values())
        .filter(sibling -> sibling.sharing().isPresent())
        .flatMap(
            sibling ->
                Stream.of(Methods.LRP_STAY, Methods.GRADIENT_X_INPUT)
                    .map(method -> Arguments.of(sibling, method)));
  }

  @ParameterizedTest
  @MethodSource("usable")
  void everyRecordHasTheResultThatItHasAlone(BatchSibling sibling, Method method)
      throws IOException {
    try (EngineSession session = open(sibling, method)) {
      List<EncodedText> texts = texts(sibling, new Random(SEED));
      List<Outcome<List<RecordRelevance>>> together = run(session, check(session), texts);
      for (int i = 0; i < texts.size(); i++) {
        String which = String.format("%s, %s, record %d, seed %d", sibling, method, i, SEED);
        Outcome<List<RecordRelevance>> alone =
            run(session, session.program().batching(), List.of(texts.get(i))).get(0);
        compare(which, together.get(i), alone);
      }
    }
  }

  private static void compare(
      String which, Outcome<List<RecordRelevance>> found, Outcome<List<RecordRelevance>> alone) {
    assertThat(found.failure().isPresent()).as(which).isEqualTo(alone.failure().isPresent());
    if (found.failure().isPresent()) {
      assertThat(found.failure().get().kind()).as(which).isEqualTo("length");
      return;
    }
    RecordRelevance a = found.value().get(0);
    RecordRelevance b = alone.value().get(0);
    assertThat(SampleRecords.logits(a))
        .as(which)
        .containsExactly(SampleRecords.logits(b), within(1e-5));
    assertThat(SampleRecords.relevance(a))
        .as(which)
        .containsExactly(SampleRecords.relevance(b), within(1e-5));
    assertThat(SampleRecords.ledger(a))
        .as(which)
        .containsExactly(SampleRecords.ledger(b), within(1e-5));
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_MASK_MEAN", "THRESHOLD", "FIXED_LENGTH", "FIXED_LENGTH_NO_MASK"})
  void selfTestPassesAndSaysHowRecordsAreRun(BatchSibling sibling) throws IOException {
    ModelAssembly assembly = ModelAssembly.open(sibling.write(directory));
    SelfTest.Result result = SelfTest.run(assembly, Methods.LRP_STAY);
    assertThat(result.passed()).as("%s", result).isTrue();
    assertThat(result.lines().get(2))
        .contains(
            sibling.sharing().get() == Batching.Sharing.PADDED
                ? "share batches freely"
                : "in batches of one length");
  }
}
