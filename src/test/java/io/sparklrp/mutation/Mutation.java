package io.sparklrp.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One way to break a rule.
 *
 * @param type the class, as a path below the package of relevance
 * @param what what is broken, for people
 * @param source a part of the class's source, which occurs once
 * @param broken what takes its place
 */
record Mutation(String type, String what, String source, String broken) {
  private static final Path PACKAGE = Path.of("src/main/java/io/sparklrp/relevance");

  /** All of a file: tab-separated, with a header. */
  static List<Mutation> read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .map(cells -> new Mutation(cells[0], cells[1], cells[2], cells[3]))
        .toList();
  }

  /** The class's name without its package. */
  String simpleName() {
    return type.substring(type.lastIndexOf('/') + 1);
  }

  /** Writes the broken class's source into a directory. */
  Path write(Path directory) throws IOException {
    String whole = Files.readString(PACKAGE.resolve(type + ".java"));
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
}
