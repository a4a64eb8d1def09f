package io.sparklrp.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.attribution.Attribution;
import io.sparklrp.attribution.RecordError;
import io.sparklrp.attribution.Result;
import io.sparklrp.error.RecordException;
import io.sparklrp.explain.run.RunListener;
import io.sparklrp.image.PictureFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The core by itself: no Spark session runs here. */
class ExplainerTest {
  private static final List<String> WORDS =
      List.of("a", "film", "that", "is", "not", "bad", "at", "all", "wonderful", "long", "dull");

  private static List<InputRecord> texts(long seed, int count) {
    Random random = new Random(seed);
    List<InputRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int words = 1 + random.nextInt(30);
      records.add(
          new InputRecord.Text(
              String.join(
                  " ",
                  IntStream.range(0, words)
                      .mapToObj(word -> WORDS.get(random.nextInt(WORDS.size())))
                      .toList())));
    }
    return records;
  }

  @ParameterizedTest
  @CsvSource({"1, 1000000, 1000000", "7, 1000000, 1000000", "1000, 1, 1000000", "1000, 1000000, 1"})
  void buffersOfAnySizeGiveTheSameInTheSameOrder(int records, long inputBytes, long resultBytes) {
    ExplainSpec spec = SampleSpec.demo("all");
    List<InputRecord> texts = texts(5, 60);
    List<Explained<Integer>> usual =
        SampleSpec.explain(spec, BufferLimits.USUAL, RunListener.NONE, texts);
    List<Explained<Integer>> other =
        SampleSpec.explain(
            spec, new BufferLimits(records, inputBytes, resultBytes), RunListener.NONE, texts);
    assertThat(other).extracting(Explained::carried).isEqualTo(carried(usual));
    assertThat(other).extracting(Explained::isFirst).isEqualTo(first(usual));
    for (int i = 0; i < usual.size(); i++) {
      assertSame(usual.get(i).result(), other.get(i).result());
    }
  }

  /** Texts that are there again have the rows of the first, whatever stands between. */
  @Test
  void equalTextsHaveTheSameResult() {
    ExplainSpec spec = SampleSpec.demo("all");
    List<InputRecord> texts = texts(6, 20);
    List<InputRecord> repeated = new ArrayList<>(texts);
    Collections.reverse(repeated);
    repeated.addAll(0, texts);
    List<Explained<Integer>> once =
        SampleSpec.explain(spec, BufferLimits.USUAL, RunListener.NONE, texts);
    List<Explained<Integer>> twice =
        SampleSpec.explain(spec, BufferLimits.USUAL, RunListener.NONE, repeated);
    int ofRecord = once.size() / texts.size();
    assertThat(twice).hasSize(2 * once.size());
    for (int i = 0; i < once.size(); i++) {
      int record = i / ofRecord;
      int again = (2 * texts.size() - 1 - record) * ofRecord + i % ofRecord;
      assertSame(once.get(i).result(), twice.get(i).result());
      assertThat(twice.get(again).carried()).isEqualTo(2 * texts.size() - 1 - record);
      assertThat(twice.get(again).result()).isEqualTo(twice.get(i).result());
    }
  }

  private static List<Integer> carried(List<Explained<Integer>> all) {
    return all.stream().map(Explained::carried).toList();
  }

  private static List<Boolean> first(List<Explained<Integer>> all) {
    return all.stream().map(Explained::isFirst).toList();
  }

  private static void assertSame(Result expected, Result found) {
    Attribution a = (Attribution) expected;
    Attribution b = (Attribution) found;
    assertThat(b.target().index()).isEqualTo(a.target().index());
    assertThat(b.target().score()).isCloseTo(a.target().score(), within(1e-5));
    assertThat(b.words()).hasSameSizeAs(a.words());
    for (int i = 0; i < a.tokens().size(); i++) {
      assertThat(b.tokens().get(i).token()).isEqualTo(a.tokens().get(i).token());
      assertThat(b.tokens().get(i).relevance())
          .isCloseTo(a.tokens().get(i).relevance(), within(1e-5f));
    }
  }

  @Test
  void aSmallBufferIsReadNoFurtherThanItMustBe() {
    ExplainSpec spec = SampleSpec.demo("predicted");
    List<Integer> encoded = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void encoded(long records, long tokens, long millis) {
            encoded.add((int) records);
          }
        };
    SampleSpec.explain(spec, new BufferLimits(4, 1 << 20, 1 << 20), listener, texts(6, 10));
    assertThat(encoded).containsExactly(4, 4, 2);
    encoded.clear();
    SampleSpec.explain(spec, new BufferLimits(1000, 1, 1 << 20), listener, texts(6, 3));
    assertThat(encoded).containsExactly(1, 1, 1);
  }

  @Test
  void aRecordsFailureIsItsOwn() {
    ExplainSpec spec = SampleSpec.demo("predicted");
    List<Source<Integer>> sources =
        List.of(
            Source.of(0, new InputRecord.Text("a wonderful film")),
            Source.failed(1, new RecordException("text-missing", "Column text is null.")),
            Source.of(2, new InputRecord.Picture(new PictureFile((byte) 1))),
            Source.of(3, new InputRecord.Text("x".repeat(11_000_000))),
            Source.of(4, new InputRecord.Text("a dull film")));
    List<Explained<Integer>> all =
        SampleSpec.explainSources(spec, BufferLimits.USUAL, RunListener.NONE, sources);
    assertThat(carried(all)).containsExactly(0, 1, 2, 3, 4);
    assertThat(all.get(0).result()).isInstanceOf(Attribution.class);
    assertThat(all.get(1).result())
        .isEqualTo(new RecordError("text-missing", "Column text is null."));
    assertThat(all.get(2).result()).isInstanceOf(RecordError.class);
    assertThat(((RecordError) all.get(3).result()).kind()).isEqualTo("text-too-long");
    assertThat(all.get(4).result()).isInstanceOf(Attribution.class);
  }
}
