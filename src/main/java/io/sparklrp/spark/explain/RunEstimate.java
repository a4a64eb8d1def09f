package io.sparklrp.spark.explain;

import io.sparklrp.error.Counted;
import io.sparklrp.spark.spread.Pace;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run would take, found by explaining a sample of its records.
 *
 * @param output where it would be
 * @param records that would be read
 * @param tokens of all of them
 * @param sampled records that were explained to find out
 * @param failed how many of these came out with an error
 * @param tasks number of tasks
 * @param cores that work at the same time
 * @param coreSeconds what one core would need
 * @param seconds what the cluster would need, from the first look at the records on
 * @param outputBytes what would be written
 * @param memoryOverheadMib native memory that each executor needs beside its heap
 * @param notes what a user should know of how the model was read, a sentence each
 */
public record RunEstimate(
    String output,
    long records,
    long tokens,
    long sampled,
    long failed,
    int tasks,
    int cores,
    double coreSeconds,
    double seconds,
    long outputBytes,
    long memoryOverheadMib,
    List<String> notes) {
  /** Copies. */
  public RunEstimate {
    notes = List.copyOf(notes);
  }

  /** The same with more to know. */
  RunEstimate noting(List<String> more) {
    return new RunEstimate(
        output,
        records,
        tokens,
        sampled,
        failed,
        tasks,
        cores,
        coreSeconds,
        seconds,
        outputBytes,
        memoryOverheadMib,
        Stream.concat(notes.stream(), more.stream()).toList());
  }

  /** The estimate in words. */
  @Override
  public String toString() {
    String records = String.format("Would explain %,d records", this.records);
    String memory =
        String.format("spark.executor.memoryOverhead: %d MiB or more.", memoryOverheadMib);
    if (this.records == 0) {
      return String.format("%s to %s; %s", records, output, memory);
    }
    return String.format(
        "%s (some %,d tokens) in %,d tasks to %s.%n"
            + "By a sample of %s (%s): some %s core-hours, %s on the %,d cores there are,"
            + " %s of output.%n%s",
        records,
        tokens,
        tasks,
        output,
        Counted.of(sampled, "record"),
        Counted.of(failed, "error"),
        amount(coreSeconds / 3600),
        Pace.duration(seconds),
        cores,
        bytes(outputBytes),
        memory);
  }

  private static String amount(double number) {
    return number < 1 ? String.format("%.2g", number) : String.format("%,.1f", number);
  }

  private static String bytes(long bytes) {
    double size = (double) bytes;
    int unit = 0;
    String[] units = {"bytes", "kB", "MB", "GB", "TB"};
    while (size >= 1000 && unit < units.length - 1) {
      size /= 1000;
      unit++;
    }
    return String.format("%.3g %s", size, units[unit]);
  }
}
