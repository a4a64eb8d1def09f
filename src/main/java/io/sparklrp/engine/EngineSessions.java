package io.sparklrp.engine;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Supplier;

/**
 * The programs that are loaded in this JVM: one for each content, shared by task threads, counted
 * by use. An idle one stays for a while, so that a job's next task finds it, but not beside another
 * idle one, and not for the JVM's life.
 */
public final class EngineSessions {
  /** How long a program stays that nobody holds. */
  static final Duration IDLE = Duration.ofSeconds(60);

  private static final System.Logger LOG = System.getLogger(EngineSessions.class.getName());
  private static final int MOST_IDLE = 1;
  private static final EngineSessions JVM = new EngineSessions(IDLE);

  /** A program and how many hold it. */
  private static final class Held {
    private final LoadedProgram program;
    private int holders;
    private long released = System.nanoTime();

    Held(LoadedProgram program) {
      this.program = program;
    }
  }

  private final Map<String, Held> held = new LinkedHashMap<>();
  private final Duration idle;
  private Timer timer;

  EngineSessions(Duration idle) {
    this.idle = idle;
  }

  /** Those of this JVM. */
  public static EngineSessions ofJvm() {
    return JVM;
  }

  /** A hold on a program whose files, if it has any, are where it says. */
  public EngineSession acquire(Program program) {
    return acquire(program, () -> GraphFiles.IN_PLACE);
  }

  /**
   * A hold on a program, which is loaded if it is not there yet; a failure to load is not kept.
   *
   * @param files fetches the files of its graphs; they are closed with the program
   */
  public synchronized EngineSession acquire(Program program, Supplier<GraphFiles> files) {
    Held entry =
        held.computeIfAbsent(
            program.key(), key -> new Held(LoadedProgram.load(program, files.get())));
    closeLater();
    EngineSession session = new EngineSession(entry.program, () -> release(program.key()));
    entry.holders++; // last, so that nothing is held where no session came of it
    return session;
  }

  private synchronized void release(String key) {
    Held entry = held.remove(key);
    entry.holders--;
    entry.released = System.nanoTime();
    held.put(key, entry);
    closeIdle(MOST_IDLE, Duration.ZERO);
    closeLater();
  }

  private void closeLater() {
    if (timer == null) {
      timer = new Timer("spark-lrp-idle", true);
      timer.schedule(closing(), idle.toMillis() + 1, Math.max(1, idle.toMillis() / 2));
    }
  }

  private TimerTask closing() {
    return new TimerTask() {
      @Override
      public void run() {
        closeExpired();
      }
    };
  }

  /** The thread ends with the last program, and comes back with the next. */
  private synchronized void closeExpired() {
    closeIdle(0, idle);
    if (held.isEmpty() && timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** Closes all programs that nobody holds. */
  public synchronized void closeIdle() {
    closeIdle(0, Duration.ZERO);
  }

  /** Those released first go first. */
  private void closeIdle(int kept, Duration atLeast) {
    long idleOnes = held.values().stream().filter(entry -> entry.holders == 0).count();
    Iterator<Held> all = held.values().iterator();
    while (all.hasNext() && idleOnes > kept) {
      Held entry = all.next();
      if (entry.holders == 0 && System.nanoTime() - entry.released >= atLeast.toNanos()) {
        all.remove();
        idleOnes--;
        close(entry.program);
      }
    }
  }

  /** What nobody holds harms nobody, whatever becomes of it. */
  private static void close(LoadedProgram program) {
    try {
      program.close();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A model that was idle did not close.", e);
    }
  }

  /** Number of programs that are loaded. */
  synchronized int loaded() {
    return held.size();
  }
}
