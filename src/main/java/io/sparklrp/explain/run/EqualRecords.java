package io.sparklrp.explain.run;

import io.sparklrp.record.EncodedText;
import io.sparklrp.record.TargetWeights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which of some records are the same to the engine, tokens and what is asked: they have the same
 * result, which is computed once. Pictures are taken for different ones.
 */
final class EqualRecords {
  private final int[] first;
  private final List<Integer> different;

  private EqualRecords(int... first) {
    this.first = first;
    this.different = IntStream.range(0, first.length).filter(i -> first[i] == i).boxed().toList();
  }

  /** Finds them. */
  static EqualRecords of(List<AskedRecord> records) {
    Map<Key, Integer> known = new HashMap<>();
    int[] first = new int[records.size()];
    for (int i = 0; i < first.length; i++) {
      Integer before =
          records.get(i).record() instanceof EncodedText text
              ? known.putIfAbsent(new Key(text, records.get(i)), i)
              : null;
      first[i] = before == null ? i : before;
    }
    return new EqualRecords(first);
  }

  /** Takes all records for different ones. */
  static EqualRecords none(int records) {
    return new EqualRecords(IntStream.range(0, records).toArray());
  }

  /** The first of each kind, in order. */
  List<Integer> different() {
    return different;
  }

  /** The record that one is the same as: itself, or one before it. */
  int first(int index) {
    return first[index];
  }

  /** A text and what is asked of it. */
  private record Key(EncodedText text, AskedRecord asked) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && text.readsAs(key.text)
          && Arrays.equals(asked.seed(), key.asked.seed())
          && Arrays.equals(asked.asked().positions(), key.asked.asked().positions())
          && areSame(asked.asked().targets(), key.asked.asked().targets());
    }

    @Override
    public int hashCode() {
      return text.inputHash();
    }

    private static boolean areSame(List<TargetWeights> some, List<TargetWeights> others) {
      return some.size() == others.size()
          && IntStream.range(0, some.size()).allMatch(i -> some.get(i).isSame(others.get(i)));
    }
  }
}
