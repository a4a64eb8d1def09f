package io.sparklrp.spark.commit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;

/**
 * The files of an output, and those that are on their way there.
 *
 * @param files where they are
 * @param output the output's directory
 */
public record UnitFiles(FileSystem files, Path output) {
  private static final String MOVING = "_moving";

  /** How Spark's writers begin the names of files. */
  private static final String PART = "part-";

  /** Those of an output. */
  public static UnitFiles of(Path output, Configuration hadoop) throws IOException {
    FileSystem files = output.getFileSystem(hadoop);
    return new UnitFiles(files, files.makeQualified(output));
  }

  private Path temporary() {
    return new Path(output, FileOutputCommitter.PENDING_DIR_NAME);
  }

  private Path moving() {
    return new Path(temporary(), MOVING);
  }

  /** Completes what a process was killed at, and removes what it left unfinished. */
  public void recover() throws IOException {
    finishUnits();
    remove(temporary());
  }

  /** Whether there is something that readers see. */
  public boolean holdsSome() throws IOException {
    return files.exists(output) && holdsSome(output);
  }

  private boolean holdsSome(Path directory) throws IOException {
    for (FileStatus one : files.listStatus(directory)) {
      if (!isHidden(one) && (one.isFile() || holdsSome(one.getPath()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHidden(FileStatus one) {
    String name = one.getPath().getName();
    return name.startsWith(".") || (name.startsWith("_") && !name.contains("="));
  }

  /** The name of something that readers see, and that no job writes; empty where there is none. */
  public Optional<String> foreign() throws IOException {
    if (!files.exists(output)) {
      return Optional.empty();
    }
    return Arrays.stream(files.listStatus(output))
        .filter(one -> !isHidden(one) && !isWritten(one))
        .map(one -> one.getPath().getName())
        .sorted()
        .findFirst();
  }

  /** A part, or the directory of a value of a column. */
  private static boolean isWritten(FileStatus one) {
    String name = one.getPath().getName();
    return one.isDirectory() ? name.contains("=") : name.startsWith(PART);
  }

  boolean exist(Path path) throws IOException {
    return files.exists(path);
  }

  void remove(Path path) throws IOException {
    files.delete(path, true);
  }

  /** Makes the files of a task's attempt a part of the output. */
  void commit(Path attempt, String task) throws IOException {
    List<Path> made = below(attempt);
    if (made.size() <= 1) {
      moveAll(attempt, made);
      return;
    }
    Path unit = new Path(moving(), task);
    files.mkdirs(moving());
    replace(attempt, unit);
    moveAll(unit, below(unit));
  }

  /** Moves what is left of units whose files were being moved. */
  void finishUnits() throws IOException {
    if (!files.exists(moving())) {
      return;
    }
    for (FileStatus unit : files.listStatus(moving())) {
      moveAll(unit.getPath(), below(unit.getPath()));
    }
  }

  private List<Path> below(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> all = files.listFiles(directory, true);
    while (all.hasNext()) {
      found.add(all.next().getPath());
    }
    return found;
  }

  private void moveAll(Path from, List<Path> made) throws IOException {
    String base = files.makeQualified(from).toUri().getPath();
    for (Path file : made) {
      String name = file.toUri().getPath().substring(base.length() + 1);
      Path place = new Path(output, name);
      files.mkdirs(place.getParent());
      replace(file, place);
    }
    remove(from);
  }

  /** Somebody else may have moved it meanwhile: a job that is aborted completes its units. */
  private void replace(Path from, Path to) throws IOException {
    if (!files.exists(from)) {
      return;
    }
    remove(to);
    if (!files.rename(from, to) && files.exists(from)) {
      throw new IOException("Cannot move " + from + " to " + to + ".");
    }
  }
}
