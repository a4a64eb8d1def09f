package io.sparklrp.explain.window;

import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.engine.TokenizerSettings;
import io.sparklrp.error.RecordException;
import io.sparklrp.record.EncodedText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A document's tokens, and the windows that the model reads of them: consecutive ones share {@code
 * stride} tokens, as Hugging Face's tokenizers cut them ({@code stride}, {@code
 * return_overflowing_tokens}). Of a pair the second text is cut ({@code only_second}). Special
 * tokens, and the first text of a pair, are in every window and are one token of the document each.
 */
public final class EncodedWindows {
  /** Text behind so many windows is not read, and the document is called truncated. */
  public static final int MOST_WINDOWS = 1000;

  private final EncodedText document;
  private final int from;
  private final int to;
  private final List<Range> ranges;

  /** Tokens of the text that is cut: the first, and the one after the last. */
  private record Range(int start, int end) {
    int size() {
      return end - start;
    }

    boolean contains(int token) {
      return start <= token && token < end;
    }

    Range shifted(int by) {
      return new Range(start + by, end + by);
    }
  }

  private EncodedWindows(EncodedText document, int from, int to, List<Range> ranges) {
    this.document = document;
    this.from = from;
    this.to = to;
    this.ranges = List.copyOf(ranges);
  }

  /**
   * Tokenises a text, or the second of a pair, into windows.
   *
   * @param tokenizer one whose settings have windows
   * @param pair the second text, or null
   * @throws RecordException if the tokenizer refuses a text, or what is in every window leaves no
   *     room for the text
   */
  public static EncodedWindows of(TextTokenizer tokenizer, String text, String pair)
      throws RecordException {
    return of(tokenizer.encode(text, pair), pair == null ? 0 : 1, tokenizer.settings());
  }

  /**
   * Cuts tokens into windows.
   *
   * @param whole all tokens of the document
   * @param segment number of the text that is cut
   */
  static EncodedWindows of(EncodedText whole, int segment, TokenizerSettings settings)
      throws RecordException {
    int[] cut =
        IntStream.range(0, whole.length()).filter(i -> whole.segment(i) == segment).toArray();
    int from = cut.length == 0 ? whole.length() : cut[0];
    int to = from + cut.length;
    int room = settings.maxLength() - (whole.length() - cut.length);
    if (cut.length > room && room <= settings.stride()) {
      throw new RecordException(
          "stride",
          String.format(
              "What stands in every window leaves %d tokens of it, and consecutive windows share %d.",
              Math.max(0, room), settings.stride()));
    }
    List<Range> ranges = ranges(cut.length, room, settings.stride());
    return settings.cutsLeft()
        ? fromTheEnd(whole, from, to, ranges)
        : fromTheBeginning(whole, from, to, ranges);
  }

  /** Windows of a number of tokens, the last of which may be shorter. */
  private static List<Range> ranges(int tokens, int room, int stride) {
    List<Range> ranges = new ArrayList<>();
    int start = 0;
    ranges.add(new Range(0, Math.min(room, tokens)));
    while (ranges.get(ranges.size() - 1).end < tokens && ranges.size() < MOST_WINDOWS) {
      start += room - stride;
      ranges.add(new Range(start, Math.min(start + room, tokens)));
    }
    return ranges;
  }

  private static EncodedWindows fromTheBeginning(
      EncodedText whole, int from, int to, List<Range> ranges) {
    int read = ranges.get(ranges.size() - 1).end;
    EncodedText document = without(whole, from + read, to);
    return new EncodedWindows(document, from, from + read, shifted(ranges, from));
  }

  private static EncodedWindows fromTheEnd(
      EncodedText whole, int from, int to, List<Range> ranges) {
    int read = ranges.get(ranges.size() - 1).end;
    EncodedText document = without(whole, from, to - read);
    List<Range> mirrored = new ArrayList<>();
    ranges.forEach(range -> mirrored.add(new Range(read - range.end, read - range.start)));
    Collections.reverse(mirrored);
    return new EncodedWindows(document, from, from + read, shifted(mirrored, from));
  }

  private static List<Range> shifted(List<Range> ranges, int by) {
    return ranges.stream().map(range -> range.shifted(by)).toList();
  }

  private static EncodedText without(EncodedText whole, int start, int end) {
    int[] rows = IntStream.range(0, whole.length()).filter(i -> i < start || i >= end).toArray();
    return whole.select(rows, start < end);
  }

  /** All tokens that a window has; truncated where there were too many windows. */
  public EncodedText document() {
    return document;
  }

  /** Number of windows. */
  public int count() {
    return ranges.size();
  }

  /** Number of tokens of a window. */
  public int length(int window) {
    return document.length() - (to - from) + ranges.get(window).size();
  }

  /** The tokens of a window. */
  public EncodedText window(int window) {
    return document.select(
        IntStream.range(0, length(window)).map(i -> documentToken(window, i)).toArray(), false);
  }

  /** The document's token that a window's token is. */
  int documentToken(int window, int token) {
    Range range = ranges.get(window);
    if (token < from) {
      return token;
    }
    int inText = range.start + token - from;
    return inText < range.end ? inText : to + inText - range.end;
  }

  /** The window's token that a document's token is; -1 where the window does not have it. */
  int windowToken(int window, int token) {
    Range range = ranges.get(window);
    if (token < from) {
      return token;
    }
    if (token >= to) {
      return token - to + from + range.size();
    }
    return range.contains(token) ? token - range.start + from : -1;
  }

  /** Whether a token is of the text that is cut. */
  boolean isCut(int token) {
    return from <= token && token < to;
  }

  /**
   * The window that has some tokens with most context: where the nearest end of the window is
   * farthest from them. -1 where none has them all.
   */
  int bestWindow(int... tokens) {
    int best = -1;
    int most = -1;
    for (int window = 0; window < count(); window++) {
      int context = context(window, tokens);
      if (context > most) {
        best = window;
        most = context;
      }
    }
    return best;
  }

  /** The best window of each token of the text that is cut, the first one of all others. */
  int[] bestWindows() {
    int[] best = new int[document.length()];
    int[] most = new int[document.length()];
    for (int window = 0; window < count(); window++) {
      for (int token = ranges.get(window).start; token < ranges.get(window).end; token++) {
        int context = 1 + context(window, token);
        best[token] = context > most[token] ? window : best[token];
        most[token] = Math.max(most[token], context);
      }
    }
    return best;
  }

  /** Tokens between these and the nearest end of the window; -1 where it does not have them. */
  private int context(int window, int... tokens) {
    Range range = ranges.get(window);
    int context = document.length();
    for (int token : tokens) {
      if (isCut(token)) {
        int nearest = Math.min(token - range.start, range.end - 1 - token);
        context = Math.min(context, range.contains(token) ? nearest : -1);
      }
    }
    return context;
  }
}
