package io.sparklrp.spark.model;

import io.sparklrp.spark.job.ExecutorResources;

/**
 * What a user should know of an executor's memory, in sentences.
 *
 * @param has what there is
 * @param asked {@code --batch-tokens}
 * @param needed MiB beside the heap that they need
 */
record MemoryNotes(ExecutorResources has, int asked, long needed) {
  private static final long MEBIBYTE = 1L << 20;

  /** Batches are never larger than this. */
  String cut(int tokens, long bytes) {
    return String.format(
        "%s: larger ones take more than %,d MiB and are no faster.", cut(tokens), bytes / MEBIBYTE);
  }

  private String cut(int tokens) {
    return String.format("Batches are cut to %,d tokens (--batch-tokens %,d)", tokens, asked);
  }

  /** Batches are cut to the memory that there is. */
  String fitting(int tokens) {
    return String.format("%s: %s. %s", cut(tokens), shortage(needed), mend());
  }

  /**
   * Batches are as small as can be, and there is still too little.
   *
   * @param least MiB that these need
   */
  String tooLittle(int tokens, long least) {
    return String.format(
        "%s, and memory may still be short: %s. %s", cut(tokens), shortage(least), mend());
  }

  private String shortage(long wanted) {
    long there = has.besideHeap().orElseThrow() / MEBIBYTE;
    return has.isMachine()
        ? String.format("this machine has %,d MiB beside the heap for %,d", there, wanted)
        : String.format("%s is %,d MiB of %,d", ExecutorResources.OVERHEAD, there, wanted);
  }

  private String mend() {
    return has.isMachine()
        ? "Give it fewer threads (--master local[1]) or a smaller heap (--driver-memory)."
        : String.format("Set %s to %dm.", ExecutorResources.OVERHEAD, needed);
  }
}
