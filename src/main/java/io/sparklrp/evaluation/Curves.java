package io.sparklrp.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What comes of a record whose tokens are put back, or taken away, by a method's relevance.
 *
 * @param activation probability of the explained class with only the most relevant tokens
 * @param pruningMse squared difference of the logits without the least relevant tokens
 * @param pruningProbability probability of the explained class without them
 * @param leaveOneOut rank correlation of relevance and what the score loses without each token; not
 *     a number where no token was replaced alone
 */
@SuppressWarnings("ArrayRecordComponent") // a curve has as many points as there are tenths
public record Curves(
    double[] activation, double[] pruningMse, double[] pruningProbability, double leaveOneOut) {

  /** Which runs a method's curves are read from. */
  public static final class Plan {
    private final double[] relevance;
    private final int[] activation;
    private final int[] pruning;
    private final int[] eachAlone;

    /**
     * Asks for the runs.
     *
     * @param runs those of the record
     * @param relevance of each token
     */
    public Plan(Perturbations runs, double... relevance) {
      this.relevance = relevance.clone();
      this.activation = runs.activation(relevance);
      this.pruning = runs.pruning(relevance);
      this.eachAlone = runs.eachAlone();
    }

    /**
     * The curves.
     *
     * @param answers of all runs, by their numbers
     */
    public Curves read(List<Answer> answers) {
      double whole = answers.get(Perturbations.WHOLE).score();
      double[] losses = points(answers, eachAlone, answer -> whole - answer.score());
      return new Curves(
          points(answers, activation, Answer::probability),
          points(answers, pruning, Answer::squaredDifference),
          points(answers, pruning, Answer::probability),
          losses.length == 0 ? Double.NaN : RankCorrelation.of(relevance, losses));
    }

    private static double[] points(
        List<Answer> answers, int[] runs, ToDoubleFunction<Answer> number) {
      return Arrays.stream(runs)
          .mapToDouble(run -> number.applyAsDouble(answers.get(run)))
          .toArray();
    }
  }
}
