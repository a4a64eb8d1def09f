package io.sparklrp.engine;

import java.nio.file.Path;

/** The directory that holds the files of a program's graphs for as long as they are loaded. */
public interface GraphFiles extends AutoCloseable {
  /** Files that are where the program says. */
  GraphFiles IN_PLACE =
      new GraphFiles() {
        @Override
        public Program locate(Program program) {
          return program;
        }

        @Override
        public void close() {}
      };

  /** Files of a directory, which closing does not remove. */
  static GraphFiles in(Path directory) {
    return new GraphFiles() {
      @Override
      public Program locate(Program program) {
        return program.in(directory);
      }

      @Override
      public void close() {}
    };
  }

  /** The program whose files are here. */
  Program locate(Program program);

  /** Removes what was made for this program alone. */
  @Override
  void close();
}
