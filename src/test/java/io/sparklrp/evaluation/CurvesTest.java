package io.sparklrp.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Curves of a model that adds up what its tokens are worth. */
class CurvesTest {
  private static final double[] WORTH = {3, -1, 2, 0.5};

  /** The score is the worth of all tokens that are there, the probability a tenth of it. */
  private static List<Answer> answers(Perturbations runs) {
    double whole = IntStream.range(0, WORTH.length).mapToDouble(i -> WORTH[i]).sum();
    return runs.runs().stream()
        .map(
            shares -> {
              double score =
                  IntStream.range(0, WORTH.length)
                      .mapToDouble(i -> (1 - shares[i]) * WORTH[i])
                      .sum();
              return new Answer(score, score / 10, (whole - score) * (whole - score));
            })
        .toList();
  }

  private static Curves of(double... relevance) {
    Perturbations runs = new Perturbations(WORTH.length);
    Curves.Plan plan = new Curves.Plan(runs, relevance);
    return plan.read(answers(runs));
  }

  @Test
  void relevanceOfTheWorthFindsItAll() {
    Curves curves = of(WORTH);
    // k = 0 1 1 2 2 2 3 3 4 4 4 of four tokens
    assertThat(curves.activation())
        .containsExactly(
            new double[] {0, .3, .3, .5, .5, .5, .55, .55, .45, .45, .45}, within(1e-12));
    assertThat(curves.pruningMse())
        .containsExactly(
            new double[] {0, .25, .25, .25, .25, .25, 2.25, 2.25, 20.25, 20.25, 20.25},
            within(1e-12));
    assertThat(curves.leaveOneOut()).isEqualTo(1, within(1e-12));
  }

  @Test
  void theOppositeIsWorse() {
    double[] opposite = IntStream.range(0, WORTH.length).mapToDouble(i -> -WORTH[i]).toArray();
    Curves curves = of(opposite);
    assertThat(curves.leaveOneOut()).isEqualTo(-1, within(1e-12));
    assertThat(Curve.area(curves.activation())).isLessThan(Curve.area(of(WORTH).activation()));
    assertThat(curves.pruningMse()).isEqualTo(of(WORTH).pruningMse()); // sizes are the same
  }

  @Test
  void equalRelevanceHasNoRanks() {
    assertThat(of(1, 1, 1, 1).leaveOneOut()).isNaN();
  }

  @Test
  void oneTokenHasNoRanks() {
    Perturbations runs = new Perturbations(1);
    Curves.Plan plan = new Curves.Plan(runs, 2);
    List<Answer> answers = List.of(new Answer(1, .5, 0), new Answer(0, .1, 1));
    assertThat(plan.read(answers).leaveOneOut()).isNaN();
  }
}
