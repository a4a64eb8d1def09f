package io.sparklrp.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The models that are loaded in this JVM: one for each content, shared by task threads, counted by
 * use. An idle model stays until another one is idle too, so that a job's next task finds it.
 */
public final class RelevanceSessions {
  private static final int MOST_IDLE = 1;
  private static final RelevanceSessions JVM = new RelevanceSessions();

  /** A model and how many hold it. */
  private static final class Held {
    private final LoadedModel model;
    private int holders;

    Held(LoadedModel model) {
      this.model = model;
    }
  }

  private final Map<String, Held> held = new LinkedHashMap<>();

  RelevanceSessions() {}

  /** Those of this JVM. */
  public static RelevanceSessions ofJvm() {
    return JVM;
  }

  /** A hold on a model, which is loaded if it is not there yet; a failure to load is not kept. */
  public synchronized RelevanceSession acquire(ExplanationModel model) {
    Held entry = held.computeIfAbsent(model.key(), key -> new Held(new LoadedModel(model)));
    RelevanceSession session = new RelevanceSession(entry.model, () -> release(model.key()));
    entry.holders++; // last, so that nothing is held where no session came of it
    return session;
  }

  private synchronized void release(String key) {
    Held entry = held.remove(key);
    entry.holders--;
    held.put(key, entry);
    closeIdle(MOST_IDLE);
  }

  /** Closes all models that nobody holds. */
  public synchronized void closeIdle() {
    closeIdle(0);
  }

  private void closeIdle(int kept) {
    while (held.values().stream().filter(entry -> entry.holders == 0).count() > kept) {
      Optional<String> oldest =
          held.entrySet().stream()
              .filter(e -> e.getValue().holders == 0)
              .map(Map.Entry::getKey)
              .findFirst();
      held.remove(oldest.orElseThrow()).model.close();
    }
  }

  /** Number of models that are loaded. */
  synchronized int loaded() {
    return held.size();
  }
}
