package io.sparklrp.compile;

import io.sparklrp.method.Method;
import io.sparklrp.oracle.GraphMethods;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was compared with references, for the README: the largest deviation for each architecture,
 * head and method. {@code scripts/coverage-table} puts it there.
 */
final class GoldenTable {
  private record Row(String architecture, String head) implements Comparable<Row> {
    @Override
    public int compareTo(Row other) {
      int byName = architecture.compareTo(other.architecture);
      return byName != 0 ? byName : head.compareTo(other.head);
    }
  }

  private final Map<Row, Map<Method, Double>> rows = new TreeMap<>();

  /** Adds a comparison that held: of tests that run side by side. */
  synchronized void add(String architecture, String head, Method method, double deviation) {
    rows.computeIfAbsent(new Row(architecture, head), row -> new HashMap<>())
        .merge(method, deviation, Math::max);
  }

  /** Writes the rows to the directory that {@code -Dsparklrp.table} names, if it does. */
  synchronized void write(String name) throws IOException {
    String directory = System.getProperty("sparklrp.table", "");
    if (directory.isEmpty()) {
      return;
    }
    List<String> lines = new ArrayList<>();
    rows.forEach((row, found) -> lines.add(line(row, found)));
    Files.createDirectories(Path.of(directory));
    Files.write(Path.of(directory, name), lines);
    Files.write(Path.of(directory, "heading.md"), heading());
  }

  private static List<String> heading() {
    List<String> columns = new ArrayList<>(List.of("architecture", "head"));
    GraphMethods.withReferences().forEach(method -> columns.add(method.id()));
    return List.of("| " + String.join(" | ", columns) + " |", "|" + "---|".repeat(columns.size()));
  }

  private static String line(Row row, Map<Method, Double> found) {
    StringBuilder line = new StringBuilder("| " + row.architecture + " | " + row.head + " |");
    for (Method method : GraphMethods.withReferences()) {
      Double deviation = found.get(method);
      line.append(deviation == null ? " |" : String.format(Locale.ROOT, " %.0e |", deviation));
    }
    return line.toString();
  }
}
