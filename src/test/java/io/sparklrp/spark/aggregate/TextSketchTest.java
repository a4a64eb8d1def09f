package io.sparklrp.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.spark.LocalSpark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** As many numbers of two sketches are alike as is the share of words that both texts have. */
@ExtendWith(LocalSpark.class)
class TextSketchTest {
  private static final long SEED = 20_261_130;
  private static final int TRIALS = 2_000;

  private final Random random = new Random(SEED);

  private Set<String> words(int count) {
    Set<String> words = new HashSet<>();
    while (words.size() < count) {
      words.add(Integer.toString(random.nextInt(1_000_000), Character.MAX_RADIX));
    }
    return words;
  }

  private static long alike(Integer[] one, Integer[] other) {
    long alike = 0;
    for (int i = 0; i < TextSketch.LENGTH; i++) {
      alike += one[i].equals(other[i]) ? 1 : 0;
    }
    return alike;
  }

  private static int texts(List<Integer[]> sketches) {
    List<Row> rows = List.of(RowFactory.create((Object) sketches.toArray(Integer[][]::new)));
    return LocalSpark.session()
        .createDataFrame(rows, StructType.fromDDL("sketches ARRAY<ARRAY<INT>>"))
        .select(functions.expr(TextSketch.texts("sketches")))
        .first()
        .getInt(0);
  }

  @Test
  void whatIsAlikeIsTheShareOfCommonWords() {
    for (int common : List.of(0, 5, 10, 20)) {
      double sum = 0;
      for (int trial = 0; trial < TRIALS; trial++) {
        Set<String> one = words(20);
        Set<String> other = words(20 - common);
        one.stream().limit(common).forEach(other::add);
        sum += alike(TextSketch.of(one), TextSketch.of(other));
      }
      double share = sum / TRIALS / TextSketch.LENGTH;
      assertThat(share)
          .as("seed %d, %d common words", SEED, common)
          .isCloseTo(common / (40.0 - common), within(0.02));
    }
  }

  @Test
  void shortTextsAreTakenForCopies() {
    assertThat(TextSketch.of(words(3))).isEqualTo(TextSketch.of(words(2)));
    assertThat(alike(TextSketch.of(words(4)), TextSketch.of(words(4)))).isZero();
  }

  @Test
  void theOrderOfWordsDoesNotMatter() {
    List<String> words = new ArrayList<>(words(12));
    Integer[] sketch = TextSketch.of(words);
    Collections.reverse(words);
    assertThat(TextSketch.of(words)).isEqualTo(sketch);
  }

  @Test
  void copiesAreOneText() {
    List<Integer[]> sketches = new ArrayList<>();
    for (int text = 0; text < 4; text++) {
      Set<String> words = words(18);
      for (int copy = 0; copy < 5; copy++) {
        Set<String> changed = new HashSet<>(words);
        changed.add("copy" + text + "x" + copy);
        sketches.add(TextSketch.of(changed));
      }
    }
    Collections.shuffle(sketches, random);
    assertThat(texts(sketches)).as("seed %d", SEED).isEqualTo(4);
    assertThat(texts(List.of())).isZero();
  }
}
