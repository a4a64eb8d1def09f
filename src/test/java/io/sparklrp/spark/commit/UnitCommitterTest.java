package io.sparklrp.spark.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.JobStatus;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.task.JobContextImpl;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Units of work are in the output as a whole or not at all, whatever ends a process. */
class UnitCommitterTest {
  @TempDir java.nio.file.Path output;
  private final Configuration hadoop = new Configuration(false);

  private static TaskAttemptID attempt(int task, int number) {
    return new TaskAttemptID("20260101", 1, TaskType.REDUCE, task, number);
  }

  private TaskAttemptContext context(int task, int number) {
    return new TaskAttemptContextImpl(hadoop, attempt(task, number));
  }

  private JobContext job() {
    return new JobContextImpl(hadoop, attempt(0, 0).getJobID());
  }

  private UnitCommitter committer(int task, int number) throws IOException {
    return new UnitCommitter(new Path(output.toUri()), context(task, number));
  }

  /** What a task's attempt writes, as Spark names it. */
  private UnitCommitter written(int task, int number, String... files) throws IOException {
    UnitCommitter committer = committer(task, number);
    committer.setupTask(context(task, number));
    java.nio.file.Path work = java.nio.file.Path.of(committer.getWorkPath().toUri().getPath());
    for (String name : files) {
      java.nio.file.Path file = work.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "attempt " + number);
    }
    return committer;
  }

  private Map<String, String> held() throws IOException {
    Map<String, String> held = new TreeMap<>();
    try (Stream<java.nio.file.Path> all = Files.walk(output)) {
      for (java.nio.file.Path file : all.filter(Files::isRegularFile).toList()) {
        String name = output.relativize(file).toString();
        if (!name.contains("_temporary") && !file.getFileName().toString().startsWith(".")) {
          held.put(name, Files.readString(file));
        }
      }
    }
    return held;
  }

  @Test
  void aUnitIsThereOnceItsTaskIsDoneAndStaysWhenTheJobFails() throws IOException {
    committer(0, 0).setupJob(job());
    written(0, 0, "part-0").commitTask(context(0, 0));
    written(1, 0, "kind=a/part-1", "kind=b/part-1").commitTask(context(1, 0));
    UnitCommitter unfinished = written(2, 0, "part-2");
    assertThat(held().keySet()).containsExactly("kind=a/part-1", "kind=b/part-1", "part-0");
    unfinished.abortTask(context(2, 0));
    committer(0, 0).abortJob(job(), JobStatus.State.FAILED);
    assertThat(held().keySet()).containsExactly("kind=a/part-1", "kind=b/part-1", "part-0");
    assertThat(output.resolve("_temporary")).doesNotExist();
  }

  @Test
  void successIsSaidAtTheEndAndTakenBackAtTheBeginning() throws IOException {
    committer(0, 0).setupJob(job());
    committer(0, 0).commitJob(job());
    assertThat(output.resolve("_SUCCESS")).exists();
    committer(0, 0).setupJob(job());
    assertThat(output.resolve("_SUCCESS")).doesNotExist();
  }

  @Test
  void aTaskWithoutFilesIsNothing() throws IOException {
    committer(0, 0).setupJob(job());
    assertThat(committer(3, 0).needsTaskCommit(context(3, 0))).isFalse();
    committer(3, 0).commitTask(context(3, 0));
    assertThat(held()).isEmpty();
  }

  /** A first attempt was committed, and lost before it could say so. */
  @Test
  void aSecondAttemptReplacesTheFirst() throws IOException {
    committer(0, 0).setupJob(job());
    for (int number : new int[] {0, 1}) {
      written(0, number, "part-0").commitTask(context(0, number));
      written(1, number, "a/part-1", "b/part-1").commitTask(context(1, number));
    }
    committer(0, 0).commitJob(job());
    assertThat(held())
        .containsEntry("part-0", "attempt 1")
        .containsEntry("a/part-1", "attempt 1")
        .containsEntry("b/part-1", "attempt 1")
        .hasSize(4);
  }

  /** A process ends between any two moves of a unit's files: the next one moves the rest. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void aUnitThatIsHalfMovedIsCompleted(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      names.add("kind=" + i + "/part-0");
    }
    committer(0, 0).setupJob(job());
    written(0, 0, names.toArray(String[]::new)).commitTask(context(0, 0));
    java.nio.file.Path moving = output.resolve("_temporary/_moving/" + attempt(0, 0).getTaskID());
    for (String name : names.subList(random.nextInt(6), 6)) { // as if they were not moved yet
      Files.createDirectories(moving.resolve(name).getParent());
      Files.move(output.resolve(name), moving.resolve(name));
    }
    written(1, 0, "part-1"); // what was not committed goes
    UnitFiles files = UnitFiles.of(new Path(output.toUri()), hadoop);
    switch (random.nextInt(3)) {
      case 0 -> files.recover();
      case 1 -> committer(0, 0).setupJob(job());
      default -> committer(0, 0).abortJob(job(), JobStatus.State.KILLED);
    }
    assertThat(held().keySet()).as("seed " + seed).containsExactlyElementsOf(names);
    assertThat(output.resolve("_temporary/_moving")).doesNotExist();
    assertThat(output.resolve("_temporary/0/_temporary")).doesNotExist();
  }

  /** An attempt dies while its files are moved, and the task is done again. */
  @Test
  void anAttemptThatDiesWhileItCommitsIsReplacedAsAWhole() throws IOException {
    committer(0, 0).setupJob(job());
    written(0, 0, "kind=a/part-0", "kind=b/part-0").commitTask(context(0, 0));
    java.nio.file.Path left =
        output.resolve("_temporary/_moving/" + attempt(0, 0).getTaskID() + "/kind=b/part-0");
    Files.createDirectories(left.getParent());
    Files.move(output.resolve("kind=b/part-0"), left);
    written(0, 1, "kind=a/part-0", "kind=b/part-0").commitTask(context(0, 1));
    committer(0, 0).commitJob(job());
    assertThat(held())
        .containsEntry("kind=a/part-0", "attempt 1")
        .containsEntry("kind=b/part-0", "attempt 1");
  }

  @Test
  void whatReadersSeeIsAskedFor() throws IOException {
    UnitFiles files = UnitFiles.of(new Path(output.toUri()), hadoop);
    Files.createDirectories(output.resolve("_temporary/0"));
    Files.createDirectories(output.resolve("kind=a"));
    assertThat(files.holdsSome()).isFalse();
    Files.writeString(output.resolve("_spark_lrp"), "hidden");
    assertThat(files.holdsSome()).isFalse();
    Files.createDirectories(output.resolve("_kind=b"));
    Files.writeString(output.resolve("_kind=b/part-0"), "seen");
    assertThat(files.holdsSome()).isTrue();
  }
}
