package io.sparklrp.compile;

import io.sparklrp.error.UserException;
import io.sparklrp.model.OutputNames;
import io.sparklrp.model.Target;
import io.sparklrp.model.Task;
import io.sparklrp.model.TokenId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads targets as users write them, by what a model's head can be asked. */
final class TargetParser {
  private static final String CONTRAST = "contrast:";
  private static final String COLUMN = "column:";
  private static final String NO_LABEL = "the model has no such label or index";

  private final Task task;
  private final OutputNames labels;
  private final int words;
  private final Function<String, OptionalInt> wordIds;

  /** One way to read what a user wrote: an output, or a contrast of two. */
  private record Reading(int index, int against) {}

  /**
   * A parser for a model.
   *
   * @param labels names of the classes
   * @param words number of tokens that can be named by their ids, for language models
   * @param wordIds ids of tokens by their text, for language models
   */
  TargetParser(Task task, List<String> labels, int words, Function<String, OptionalInt> wordIds) {
    this.task = task;
    this.labels = new OutputNames(labels);
    this.words = words;
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
    if (text.equals("all") && labels.labelled(text).isEmpty()) {
      return new Target.All();
    }
    if (text.equals("predicted")) {
      return new Target.Predicted();
    }
    if (text.startsWith("top:")) {
      return top(text);
    }
    return isColumn(text) ? column(text) : fixed(text, text, labels::find, NO_LABEL);
  }

  private static boolean isColumn(String text) {
    return text.startsWith(COLUMN) && text.length() > COLUMN.length();
  }

  private static Target column(String text) {
    return new Target.Column(text.substring(COLUMN.length()));
  }

  /**
   * The output, or contrast of two, that a name stands for.
   *
   * @param text all that the user wrote
   * @param find all outputs of a name
   * @param none why there is none
   */
  private Target.Fixed fixed(
      String text, String name, Function<String, Set<Integer>> find, String none) {
    Set<Reading> found = readings(name, find);
    if (found.isEmpty()) {
      throw refused(text, none);
    }
    if (found.size() > 1) {
      throw unclear(text, found);
    }
    Reading only = found.iterator().next();
    return new Target.Fixed(only.index(), only.against());
  }

  private static Set<Reading> readings(String name, Function<String, Set<Integer>> find) {
    Set<Reading> found = new LinkedHashSet<>();
    find.apply(name).forEach(index -> found.add(new Reading(index, Target.NONE)));
    if (!name.startsWith(CONTRAST)) {
      return found;
    }
    String both = name.substring(CONTRAST.length());
    for (int i = both.indexOf(':', 1); i > 0; i = both.indexOf(':', i + 1)) {
      Set<Integer> others = find.apply(both.substring(i + 1));
      for (int index : find.apply(both.substring(0, i))) {
        others.forEach(other -> found.add(new Reading(index, other)));
      }
    }
    return found;
  }

  private UserException unclear(String text, Set<Reading> found) {
    boolean isOne = found.stream().allMatch(reading -> reading.against() == Target.NONE);
    Set<Integer> outputs = new TreeSet<>();
    found.forEach(reading -> outputs.add(reading.index()));
    return new UserException(
        String.format(
            "Cannot explain target '%s': it %s. Write %s.",
            text,
            isOne
                ? "may be any of the outputs " + OutputNames.listed(outputs)
                : "can be read in " + found.size() + " ways",
            task.isLanguageModel() ? "id:<n>" : "label:<label> or index:<n>"));
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
    Target.Fixed label = fixed(text, parts[2], labels::find, NO_LABEL);
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
    if (isColumn(text)) {
      return column(text);
    }
    if (task == Task.CAUSAL_LANGUAGE_MODEL && text.startsWith("completion:")) {
      return completion(text);
    }
    String word = text.startsWith(own + ":") ? text.substring(own.length() + 1) : text;
    String none =
        word.startsWith(CONTRAST)
            ? "the vocabulary has no two such tokens"
            : "the vocabulary has no token '" + word + "'";
    return fixed(text, word, name -> wordIds(text, name), none);
  }

  private Set<Integer> wordIds(String text, String name) {
    OptionalInt id = TokenId.of(name);
    if (id.isPresent() && id.getAsInt() >= words) {
      throw refused(text, "token ids are below " + words);
    }
    OptionalInt found = id.isPresent() ? id : wordIds.apply(name);
    return found.isPresent() ? Set.of(found.getAsInt()) : Set.of();
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
        String.format(
            "Cannot explain target '%s': %s. Use %s%s.",
            text,
            reason,
            labels.nearest(text).map(label -> label + ", or ").orElse(""),
            possible()));
  }

  private String possible() {
    return switch (task) {
      case SEQUENCE_CLASSIFICATION, IMAGE_CLASSIFICATION ->
          String.format(
              "predicted, all, top:<k>, one of: %s, an index below %d, contrast:<a>:<b> or column:<name>",
              labels.shortened(), labels.size());
      case TOKEN_CLASSIFICATION ->
          String.format(
              "entities, token:<i>, token:<i>:<label> or token:<i>:contrast:<a>:<b>, where a label is one of: %s,"
                  + " or an index below %d",
              labels.shortened(), labels.size());
      case QUESTION_ANSWERING ->
          "span, start, end, span:<i>:<j>, start:<i>, end:<j> or start:contrast:<i>:<j>";
      case MASKED_LANGUAGE_MODEL ->
          "mask, mask:<token>, top:<k>, contrast:<a>:<b>, column:<name> or id:<n>";
      case CAUSAL_LANGUAGE_MODEL ->
          "next, next:<token>, top:<k>, contrast:<a>:<b>, completion:<column>,"
              + " completion:<column>:sum, column:<name> or id:<n>";
      case EMBEDDING -> "cosine or dot, and give the second text by --text-pair-column";
    };
  }
}
