package io.sparklrp.spark;

import io.sparklrp.attribution.RecordError;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a task has left out, by kind of error: the output does not tell. Told once, at the task's
 * end, with its partition, so that a partition that is made twice counts once.
 */
final class DroppedRecords implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int partition;
  private final ArrayList<ErrorKind> kinds = new ArrayList<>();

  DroppedRecords(int partition) {
    this.partition = partition;
  }

  int partition() {
    return partition;
  }

  void add(RecordError error) {
    kinds.add(new ErrorKind(error.kind(), 1, error.message()));
    if (kinds.size() >= 1000) {
      List<ErrorKind> merged = kinds();
      kinds.clear();
      kinds.addAll(merged);
    }
  }

  List<ErrorKind> kinds() {
    return ErrorKind.merged(kinds.stream());
  }
}
