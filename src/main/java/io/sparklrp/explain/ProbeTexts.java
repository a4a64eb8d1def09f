package io.sparklrp.explain;

import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.error.RecordException;
import io.sparklrp.record.EncodedRecord;
import io.sparklrp.record.EncodedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Texts of any number of tokens: the tokenizer's special tokens around tokens of sentences, in an
 * order that differs from record to record.
 */
final class ProbeTexts implements ProbeRecords {
  private static final List<String> SENTENCES =
      List.of(
          "It is not bad at all.",
          "A long evening, a short film, and nothing in it that I would like to see again.",
          "The food was cold, but the service was friendly and quick!",
          "Nobody who was there on 12 March knows why 3 of the 7 doors were open.");
  private static final int MADE_UP = 64;

  private final List<Token> first = new ArrayList<>();
  private final List<Token> words = new ArrayList<>();
  private final List<Token> last = new ArrayList<>();

  private record Token(long id, long type, boolean isSpecial) {}

  private ProbeTexts() {}

  /** Texts of a tokenizer; of made-up token ids where it finds none in any sentence. */
  static ProbeTexts of(TextTokenizer tokenizer) {
    ProbeTexts texts = new ProbeTexts();
    SENTENCES.forEach(sentence -> texts.add(tokens(tokenizer, sentence)));
    if (texts.words.isEmpty()) {
      new Random(1)
          .longs(MADE_UP, 0, tokenizer.settings().vocabularyRows())
          .forEach(id -> texts.words.add(new Token(id, 0, false)));
    }
    return texts;
  }

  private static List<Token> tokens(TextTokenizer tokenizer, String sentence) {
    List<Token> tokens = new ArrayList<>();
    try {
      EncodedText text = tokenizer.encode(sentence, null);
      for (int i = 0; i < text.length(); i++) {
        tokens.add(new Token(text.id(i), text.typeId(i), text.isSpecial(i)));
      }
    } catch (RecordException | RuntimeException e) {
      tokens.clear(); // a tokenizer that reads no English: made-up ids do
    }
    return tokens;
  }

  private void add(List<Token> tokens) {
    int from = 0;
    while (from < tokens.size() && tokens.get(from).isSpecial) {
      from++;
    }
    int to = tokens.size();
    while (to > from && tokens.get(to - 1).isSpecial) {
      to--;
    }
    if (to > from && words.isEmpty()) {
      first.addAll(tokens.subList(0, from));
      last.addAll(tokens.subList(to, tokens.size()));
    }
    words.addAll(tokens.subList(from, to));
  }

  @Override
  public boolean areOfOneLength() {
    return false;
  }

  @Override
  public EncodedRecord record(int length, int variation) {
    boolean hasRoom = length > first.size() + last.size();
    List<Token> tokens = new ArrayList<>(hasRoom ? first : List.of());
    Random random = new Random(31L * variation + length);
    int end = hasRoom ? length - last.size() : length;
    while (tokens.size() < end) {
      tokens.add(words.get(random.nextInt(words.size())));
    }
    tokens.addAll(hasRoom ? last : List.of());
    return encoded(tokens);
  }

  private static EncodedText encoded(List<Token> tokens) {
    int length = tokens.size();
    String[] names = new String[length];
    Arrays.fill(names, "");
    int[] places = new int[length];
    Arrays.setAll(places, i -> i);
    int[] segments = new int[length];
    boolean[] special = new boolean[length];
    for (int i = 0; i < length; i++) {
      special[i] = tokens.get(i).isSpecial;
      segments[i] = special[i] ? EncodedText.NONE : 0;
    }
    return new EncodedText(
        tokens.stream().mapToLong(Token::id).toArray(),
        tokens.stream().mapToLong(Token::type).toArray(),
        names,
        places,
        places,
        places,
        segments,
        special,
        false);
  }
}
