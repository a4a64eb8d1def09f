package io.sparklrp.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One way to break a class.
 *
 * @param type the class, as the end of its file's path: it is found wherever it moves
 * @param what what is broken, for people
 * @param source a part of the class's source, which occurs once
 * @param broken what takes its place
 * @param test simple name of the test class that must fail; empty for the tests of relevance
 */
record Mutation(String type, String what, String source, String broken, String test) {
  private static final Path SOURCES = Path.of("src/main/java");

  /** All of a file: tab-separated, with a header. */
  static List<Mutation> read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .map(
            cells ->
                new Mutation(
                    cells[0], cells[1], cells[2], cells[3], cells.length < 5 ? "" : cells[4]))
        .toList();
  }

  /** The class's name without its package. */
  String simpleName() {
    return type.substring(type.lastIndexOf('/') + 1);
  }

  /** Writes the broken class's source into a directory. */
  Path write(Path directory) throws IOException {
    String whole = Files.readString(only(SOURCES, type));
    int at = whole.indexOf(source);
    if (at < 0 || at != whole.lastIndexOf(source)) {
      throw new IllegalStateException(
          "Cannot break " + type + ": '" + source + "' does not occur once. Mend the list.");
    }
    Path file = directory.resolve(simpleName() + ".java");
    Files.createDirectories(directory);
    Files.writeString(file, whole.replace(source, broken));
    return file;
  }

  /** The only file of a class below a directory. */
  static Path only(Path directory, String type) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> found = files.filter(file -> file.endsWith(Path.of(type + ".java"))).toList();
      if (found.size() != 1) {
        throw new IllegalStateException(
            "Cannot break " + type + ": it is in " + found.size() + " files. Mend the list.");
      }
      return found.get(0);
    }
  }
}
