package io.sparklrp.explain.window;

import io.sparklrp.record.RecordRelevance;
import java.util.ArrayList;
import java.util.List;

/** What was found in each window of a document so far: as many results as it had targets. */
final class WindowResults {
  private final List<List<RecordRelevance>> byWindow = new ArrayList<>();

  WindowResults(int windows) {
    for (int i = 0; i < windows; i++) {
      byWindow.add(new ArrayList<>());
    }
  }

  void add(int window, List<RecordRelevance> found) {
    byWindow.get(window).addAll(found);
  }

  int windows() {
    return byWindow.size();
  }

  List<RecordRelevance> of(int window) {
    return byWindow.get(window);
  }
}
