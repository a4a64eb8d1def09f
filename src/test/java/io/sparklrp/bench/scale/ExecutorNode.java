package io.sparklrp.bench.scale;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A node with an executor: what runs on its cores. */
final class ExecutorNode {
  private final Attempt[] running;
  private boolean isUp = true;

  ExecutorNode(int cores) {
    this.running = new Attempt[cores];
  }

  boolean isFree(int slot) {
    return isUp && running[slot] == null;
  }

  /** What runs on a core; null for nothing. */
  Attempt running(int slot) {
    return running[slot];
  }

  void start(int slot, Attempt attempt) {
    running[slot] = attempt;
  }

  void free(int slot) {
    running[slot] = null;
  }

  /** Goes down. */
  List<Attempt> fail() {
    isUp = false;
    return stop();
  }

  /** Ends what runs, and gives it back. */
  List<Attempt> stop() {
    List<Attempt> stopped = Arrays.stream(running).filter(Objects::nonNull).toList();
    Arrays.fill(running, null);
    return stopped;
  }

  void bringBack() {
    isUp = true;
  }
}
