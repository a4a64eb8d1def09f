package io.sparklrp.model;

import io.sparklrp.error.Nearest;
import io.sparklrp.error.RecordException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds outputs by what they are called: a label, a number, {@code label:<text>} or {@code
 * index:<n>}. What two outputs are called is none's name.
 */
public final class OutputNames implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String LABEL = "label:";
  private static final String INDEX = "index:";
  private static final int MOST_IN_MESSAGES = 20;

  /** A whole number, also as tables with gaps write it, where all numbers are decimals. */
  private static final Pattern WHOLE = Pattern.compile("(\\d{1,9})(\\.0+)?");

  private static final Pattern NEVER_NEAR = Pattern.compile("^$|\\d$");

  private final ArrayList<String> labels;
  private final HashMap<String, TreeSet<Integer>> byLabel = new HashMap<>();

  /** Names of a model's outputs, in their order. */
  public OutputNames(List<String> labels) {
    this.labels = new ArrayList<>(labels);
    for (int i = 0; i < labels.size(); i++) {
      byLabel.computeIfAbsent(labels.get(i), label -> new TreeSet<>()).add(i);
    }
  }

  /** The class of tokens that are no entity; empty where all are. */
  public OptionalInt noEntity() {
    return labelled("O").stream().mapToInt(i -> i).findFirst();
  }

  /** All outputs that are called so. */
  public Set<Integer> find(String text) {
    Set<Integer> found = new TreeSet<>(labelled(text));
    addNumbered(text, found);
    if (text.startsWith(LABEL)) {
      found.addAll(labelled(text.substring(LABEL.length())));
    }
    if (text.startsWith(INDEX)) {
      addNumbered(text.substring(INDEX.length()), found);
    }
    return found;
  }

  /** All outputs of a label. */
  public Set<Integer> labelled(String text) {
    return byLabel.getOrDefault(text, new TreeSet<>());
  }

  private void addNumbered(String text, Set<Integer> found) {
    Matcher number = WHOLE.matcher(text);
    if (number.matches() && Integer.parseInt(number.group(1)) < labels.size()) {
      found.add(Integer.parseInt(number.group(1)));
    }
  }

  /** Outputs whose label is a truth value, in any case of letters. */
  private Set<Integer> find(boolean value) {
    Set<Integer> found = new TreeSet<>();
    byLabel.forEach(
        (label, outputs) -> {
          if (label.equalsIgnoreCase(Boolean.toString(value))) {
            found.addAll(outputs);
          }
        });
    return found;
  }

  /**
   * The output that a record's own label names.
   *
   * @param text what is written in its column
   * @throws RecordException if it names none, or several
   */
  public int ofRecord(String text) throws RecordException {
    return only(find(text));
  }

  /**
   * The output that a truth value names: that whose label is it.
   *
   * @throws RecordException if there is none, or are several
   */
  public int ofRecord(boolean value) throws RecordException {
    return only(find(value));
  }

  private static int only(Set<Integer> found) throws RecordException {
    if (found.isEmpty()) {
      throw new RecordException(
          "unknown-target", "The record's target is no label or index of the model.");
    }
    if (found.size() > 1) {
      throw new RecordException(
          "ambiguous-target",
          String.format(
              "The record's target may be any of the outputs %s. Write label:<label> or index:<n>.",
              listed(found)));
    }
    return found.iterator().next();
  }

  /** Numbers of outputs for a message. */
  public static String listed(Set<Integer> outputs) {
    String first =
        outputs.stream()
            .limit(MOST_IN_MESSAGES)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return outputs.size() > MOST_IN_MESSAGES ? first + ", ..." : first;
  }

  /** The first labels, for messages. */
  public String shortened() {
    String first = String.join(", ", labels.subList(0, Math.min(MOST_IN_MESSAGES, labels.size())));
    return labels.size() > MOST_IN_MESSAGES ? first + ", ..." : first;
  }

  /** The label that was probably meant; empty where none is near, or labels differ in a number. */
  public Optional<String> nearest(String text) {
    return NEVER_NEAR.matcher(text).find() ? Optional.empty() : Nearest.to(text, labels);
  }

  /** Number of outputs. */
  public int size() {
    return labels.size();
  }
}
