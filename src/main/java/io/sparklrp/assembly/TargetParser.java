package io.sparklrp.assembly;

import io.sparklrp.error.UserException;
import io.sparklrp.forward.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/** Reads targets as users write them, by what a model's head can be asked. */
final class TargetParser {
  private static final String CONTRAST = "contrast:";

  private final Task task;
  private final List<String> labels;
  private final Function<String, OptionalInt> wordIds;

  /**
   * A parser for a model.
   *
   * @param labels names of the classes
   * @param wordIds ids of tokens by their text, for language models
   */
  TargetParser(Task task, List<String> labels, Function<String, OptionalInt> wordIds) {
    this.task = task;
    this.labels = labels;
    this.wordIds = wordIds;
  }

  /** The target of one or several texts. */
  Target parse(List<String> texts) {
    if (texts.size() == 1) {
      return parse(texts.get(0));
    }
    List<Target.Fixed> parts = new ArrayList<>();
    for (String text : texts) {
      if (!(parse(text) instanceof Target.Fixed fixed)) {
        throw refused(text, "only labels, indices and contrasts can be asked for together");
      }
      parts.add(fixed);
    }
    return new Target.Several(parts);
  }

  private Target parse(String text) {
    return switch (task) {
      case SEQUENCE_CLASSIFICATION, IMAGE_CLASSIFICATION -> ofClasses(text);
      case TOKEN_CLASSIFICATION -> ofTokens(text);
      case QUESTION_ANSWERING -> ofSpan(text);
      case MASKED_LANGUAGE_MODEL, CAUSAL_LANGUAGE_MODEL -> ofWords(text);
      case EMBEDDING -> ofEmbedding(text);
    };
  }

  private Target ofClasses(String text) {
    if (text.equals("all") && !labels.contains(text)) {
      return new Target.All();
    }
    return text.startsWith("top:") ? top(text) : Target.parse(text, labels);
  }

  private Target.Top top(String text) {
    int count = number(text.substring("top:".length()));
    if (count < 1) {
      throw refused(text, "it asks for no number of outputs");
    }
    return new Target.Top(count);
  }

  private Target ofTokens(String text) {
    if (text.equals("predicted") || text.equals("entities")) {
      return new Target.Entities();
    }
    String[] parts = text.split(":", 3);
    int position = parts.length > 1 && parts[0].equals("token") ? number(parts[1]) : Target.NONE;
    if (position < 0) {
      throw refused(text, "the model classifies tokens");
    }
    if (parts.length == 2 || parts[2].equals("predicted")) {
      return new Target.Token(position, Target.NONE, Target.NONE);
    }
    Target.Fixed label =
        Target.fixed(parts[2], labels)
            .orElseThrow(() -> refused(text, "the model has no such label or index"));
    return new Target.Token(position, label.index(), label.against());
  }

  private Target ofSpan(String text) {
    int none = Target.NONE;
    return switch (text) {
      case "predicted", "span" -> new Target.Span(true, true, none, none, none, none);
      case "start" -> new Target.Span(true, false, none, none, none, none);
      case "end" -> new Target.Span(false, true, none, none, none, none);
      default -> ofGivenSpan(text);
    };
  }

  private Target ofGivenSpan(String text) {
    int none = Target.NONE;
    String[] parts = text.split(":", -1);
    if (parts.length == 3 && parts[0].equals("span")) {
      return new Target.Span(
          true, true, position(text, parts[1]), position(text, parts[2]), none, none);
    }
    boolean isContrast = parts.length == 4 && parts[1].equals("contrast");
    if ((parts.length != 2 && !isContrast)
        || (!parts[0].equals("start") && !parts[0].equals("end"))) {
      throw refused(text, "the model finds answers");
    }
    boolean isStart = parts[0].equals("start");
    int at = position(text, parts[isContrast ? 2 : 1]);
    int against = isContrast ? position(text, parts[3]) : none;
    return isStart
        ? new Target.Span(true, false, at, none, against, none)
        : new Target.Span(false, true, none, at, none, against);
  }

  private int position(String text, String part) {
    int number = number(part);
    if (number < 0) {
      throw refused(text, "'" + part + "' is no position of a token");
    }
    return number;
  }

  private Target ofWords(String text) {
    String own = task == Task.CAUSAL_LANGUAGE_MODEL ? "next" : "mask";
    if (text.equals("predicted") || text.equals(own)) {
      return new Target.Predicted();
    }
    if (text.startsWith("top:")) {
      return top(text);
    }
    if (text.startsWith("column:") && text.length() > "column:".length()) {
      return new Target.Column(text.substring("column:".length()));
    }
    if (task == Task.CAUSAL_LANGUAGE_MODEL && text.startsWith("completion:")) {
      return completion(text);
    }
    if (text.startsWith(CONTRAST)) {
      return contrastOfWords(text, text.substring(CONTRAST.length()));
    }
    if (text.startsWith(own + ":" + CONTRAST)) {
      return contrastOfWords(text, text.substring(own.length() + 1 + CONTRAST.length()));
    }
    String word = text.startsWith(own + ":") ? text.substring(own.length() + 1) : text;
    return new Target.Fixed(word(text, word), Target.NONE);
  }

  private Target completion(String text) {
    String column = text.substring("completion:".length());
    boolean isSum = column.endsWith(":sum");
    String name = isSum ? column.substring(0, column.length() - ":sum".length()) : column;
    if (name.isEmpty()) {
      throw refused(text, "it names no column");
    }
    return new Target.Completion(name, isSum);
  }

  private Target contrastOfWords(String text, String both) {
    for (int i = both.indexOf(':', 1); i > 0; i = both.indexOf(':', i + 1)) {
      OptionalInt first = wordIds.apply(both.substring(0, i));
      OptionalInt second = wordIds.apply(both.substring(i + 1));
      if (first.isPresent() && second.isPresent()) {
        return new Target.Fixed(first.getAsInt(), second.getAsInt());
      }
    }
    throw refused(text, "the vocabulary has no two such tokens");
  }

  private int word(String text, String word) {
    return wordIds
        .apply(word)
        .orElseThrow(() -> refused(text, "the vocabulary has no token '" + word + "'"));
  }

  private Target ofEmbedding(String text) {
    return switch (text) {
      case "predicted", "cosine" -> new Target.Similarity(true);
      case "dot" -> new Target.Similarity(false);
      default -> throw refused(text, "the model makes a vector of a text");
    };
  }

  private static int number(String text) {
    boolean isNumber =
        !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? Integer.parseInt(text) : Target.NONE;
  }

  private UserException refused(String text, String reason) {
    return new UserException(
        String.format("Cannot explain target '%s': %s. Use %s.", text, reason, possible()));
  }

  private String possible() {
    return switch (task) {
      case SEQUENCE_CLASSIFICATION, IMAGE_CLASSIFICATION ->
          "predicted, all, top:<k>, a label, an index, contrast:<a>:<b> or column:<name>";
      case TOKEN_CLASSIFICATION ->
          String.format(
              "entities, token:<i>, token:<i>:<label> or token:<i>:contrast:<a>:<b>, where a label is one of: %s,"
                  + " or an index below %d",
              Target.shortened(labels), labels.size());
      case QUESTION_ANSWERING ->
          "span, start, end, span:<i>:<j>, start:<i>, end:<j> or start:contrast:<i>:<j>";
      case MASKED_LANGUAGE_MODEL ->
          "mask, mask:<token>, top:<k>, contrast:<a>:<b>, column:<name> or a token's id";
      case CAUSAL_LANGUAGE_MODEL ->
          "next, next:<token>, top:<k>, contrast:<a>:<b>, completion:<column>,"
              + " completion:<column>:sum, column:<name> or a token's id";
      case EMBEDDING -> "cosine or dot, and give the second text by --text-pair-column";
    };
  }
}
