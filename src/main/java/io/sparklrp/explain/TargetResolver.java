package io.sparklrp.explain;

import io.sparklrp.error.RecordException;
import io.sparklrp.model.Target;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a target means for one record: which rows of outputs it reads and which outputs it weighs.
 */
public final class TargetResolver implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Each has a row of as many outputs as there are words. */
  private static final int MOST_MASKS = 64;

  private final Target target;
  private final boolean readsWords;
  private final boolean readsMask;
  private final int outputs;
  private final long maskId;
  private final TypeTable types;

  /**
   * A resolver for a model.
   *
   * @param target what is asked
   * @param readsWords whether the model is a language model
   * @param readsMask whether it is a masked one
   * @param outputs number of outputs of a row
   * @param maskId id of the mask token; -1 where there is none
   * @param types what the token types of a text must be within
   */
  public TargetResolver(
      Target target,
      boolean readsWords,
      boolean readsMask,
      int outputs,
      long maskId,
      TypeTable types) {
    this.target = target;
    this.readsWords = readsWords;
    this.readsMask = readsMask;
    this.outputs = outputs;
    this.maskId = maskId;
    this.types = types;
  }

  /**
   * What is asked of a record.
   *
   * @param own the output that the record's own label names; {@link Target#NONE} for none
   * @param completion number of characters, in code points, before the completion
   * @throws RecordException if the record has no such token, or one that the model cannot look up
   */
  public RecordTargets resolve(EncodedText text, int own, int completion) throws RecordException {
    types.check(text);
    if (target instanceof Target.Completion asked) {
      return completion(text, completion, asked.isSum());
    }
    if (target instanceof Target.Token token) {
      return new RecordTargets(new long[] {position(text, token.position())}, of(token));
    }
    if (target instanceof Target.Span span) {
      return new RecordTargets(new long[0], of(span, text));
    }
    if (readsMask) {
      return ofMasks(masks(text), targets(own));
    }
    return new RecordTargets(readsWords ? new long[] {last(text)} : new long[0], targets(own));
  }

  /**
   * What is asked of a record that has no tokens of a text.
   *
   * @param own the output that the record's own label names; {@link Target#NONE} for none
   * @throws RecordException if the model has no such output
   */
  public RecordTargets resolve(int own) throws RecordException {
    return new RecordTargets(new long[0], targets(own));
  }

  /** Every target at every mask. */
  private RecordTargets ofMasks(long[] masks, List<TargetWeights> targets) {
    List<TargetWeights> all = new ArrayList<>();
    for (int row = 0; row < masks.length; row++) {
      long first = (long) row * outputs;
      targets.forEach(target -> all.add(target.behind(first)));
    }
    return new RecordTargets(masks, all);
  }

  private List<TargetWeights> targets(int own) throws RecordException {
    if (target instanceof Target.Fixed fixed) {
      return List.of(weights(fixed));
    }
    if (target instanceof Target.Column) {
      checkOutput(own);
      return List.of(TargetWeights.of(own));
    }
    if (target instanceof Target.Several several) {
      return several.parts().stream().map(TargetResolver::weights).toList();
    }
    if (target instanceof Target.All) {
      return IntStream.range(0, outputs).mapToObj(TargetWeights::of).toList();
    }
    return List.of();
  }

  private static TargetWeights weights(Target.Fixed fixed) {
    return fixed.against() == Target.NONE
        ? TargetWeights.of(fixed.index())
        : TargetWeights.contrast(fixed.index(), fixed.against());
  }

  private static List<TargetWeights> of(Target.Token token) {
    return token.index() == Target.NONE
        ? List.of()
        : List.of(weights(new Target.Fixed(token.index(), token.against())));
  }

  private static List<TargetWeights> of(Target.Span span, EncodedText text) throws RecordException {
    if (!span.isGiven()) {
      return List.of();
    }
    if (span.start() && span.end()) {
      return List.of(
          TargetWeights.sum(
              2L * position(text, span.startAt()), 2L * position(text, span.endAt()) + 1));
    }
    int at = position(text, span.start() ? span.startAt() : span.endAt());
    int against = span.start() ? span.startAgainst() : span.endAgainst();
    long side = span.start() ? 0 : 1;
    return List.of(
        against == Target.NONE
            ? TargetWeights.of(2L * at + side)
            : TargetWeights.contrast(2L * at + side, 2L * position(text, against) + side));
  }

  private static int position(EncodedText text, int position) throws RecordException {
    if (position >= text.length()) {
      throw new RecordException(
          "unknown-target",
          String.format(
              "The target names token %d, and the record has %d.", position, text.length()));
    }
    return position;
  }

  private static long last(EncodedText text) {
    return text.length() - 1L;
  }

  private long[] masks(EncodedText text) throws RecordException {
    long[] found =
        IntStream.range(0, text.length())
            .filter(i -> text.id(i) == maskId)
            .mapToLong(i -> i)
            .toArray();
    if (found.length == 0 || found.length > MOST_MASKS) {
      throw new RecordException(
          "mask",
          String.format(
              "The text has %d mask tokens, and 1 to %d can be explained.",
              found.length, MOST_MASKS));
    }
    return found;
  }

  private void checkOutput(long id) throws RecordException {
    if (id >= outputs) {
      throw new RecordException(
          "unknown-target",
          String.format("The model has %d outputs, and none for token id %d.", outputs, id));
    }
  }

  /** The tokens behind a number of characters, each explained at the position before it. */
  private RecordTargets completion(EncodedText text, int characters, boolean isSum)
      throws RecordException {
    List<Integer> tokens = new ArrayList<>();
    for (int i = 1; i < text.length(); i++) {
      if (!text.isSpecial(i) && text.end(i) > characters) {
        tokens.add(i);
      }
    }
    if (tokens.isEmpty()) {
      throw new RecordException(
          "completion", "No token of the completion is left behind the text, or none before it.");
    }
    long[] positions = tokens.stream().mapToLong(i -> i - 1L).toArray();
    long[] found = new long[positions.length];
    for (int row = 0; row < found.length; row++) {
      checkOutput(text.id(tokens.get(row)));
      found[row] = (long) row * outputs + text.id(tokens.get(row));
    }
    List<TargetWeights> each =
        IntStream.range(0, found.length).mapToObj(row -> TargetWeights.of(found[row])).toList();
    return new RecordTargets(positions, isSum ? List.of(TargetWeights.sum(found)) : each);
  }
}
