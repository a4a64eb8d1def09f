package io.sparklrp.graph.pass;

import io.sparklrp.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines about nodes, part of the model by part, such as layer by layer. Within a layer the names
 * that begin as its own do are cut; of layers that differ by their number only, the first is
 * printed.
 */
final class ModelParts {
  /** A name up to the number of a layer. */
  private static final Pattern LAYER =
      Pattern.compile("(.*?(?<![a-z])(?:layers?|h|blocks?)[._])(\\d{1,6})(?=[./])");

  private static final Pattern PART = Pattern.compile("layer\\.\\d{1,6}");
  private static final String OWN = "~";

  private final Map<String, List<String>> lines = new LinkedHashMap<>();
  private final Map<String, String> names = new HashMap<>();

  /** Adds lines about a node. */
  void add(Node node, String sign, List<String> about) {
    List<String> own = lines.computeIfAbsent(node.scope(), part -> new ArrayList<>());
    about.forEach(line -> own.add(sign + line));
    if (PART.matcher(node.scope()).matches()) {
      layer(node.output()).ifPresent(name -> names.putIfAbsent(node.scope(), name));
    }
  }

  /** What names of a layer begin with. */
  private static Optional<String> layer(String name) {
    Matcher matcher = LAYER.matcher(name);
    return matcher.lookingAt() ? Optional.of(matcher.group()) : Optional.empty();
  }

  /** All of them below headings. */
  List<String> lines() {
    Map<List<String>, String> printed = new HashMap<>();
    List<String> all = new ArrayList<>();
    lines.forEach(
        (part, about) -> {
          String name = names.getOrDefault(part, "");
          List<String> own = about.stream().map(line -> relative(line, name)).toList();
          String first = printed.putIfAbsent(own, part);
          String heading = part.isEmpty() ? "elsewhere" : part;
          if (first != null) {
            all.add(String.format("%s: %d lines, as %s", heading, own.size(), first));
          } else {
            all.add(heading + (name.isEmpty() ? ":" : ", " + OWN + " is " + name + ":"));
            own.forEach(line -> all.add("  " + line));
          }
        });
    return all;
  }

  /** A line with the names of its own layer cut, and those of its neighbours counted from it. */
  private static String relative(String line, String name) {
    if (name.isEmpty()) {
      return line;
    }
    int digits = name.length();
    while (Character.isDigit(name.charAt(digits - 1))) {
      digits--;
    }
    String stem = name.substring(0, digits);
    int number = Integer.parseInt(name.substring(digits));
    return line.replaceAll(whole(name), OWN)
        .replaceAll(whole(stem + (number - 1)), OWN + "-1")
        .replaceAll(whole(stem + (number + 1)), OWN + "+1");
  }

  /** The beginning of a name, and not of its middle. */
  private static String whole(String beginning) {
    return "(?<![\\w./])" + Pattern.quote(beginning) + "(?=[./])";
  }
}
