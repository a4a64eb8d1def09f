package io.sparklrp.engine;

/** The files of a program's graphs, for as long as they are loaded. */
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

  /** The program whose files are here. */
  Program locate(Program program);

  /** Removes what was made for this program alone. */
  @Override
  void close();
}
