package io.sparklrp.spark.job;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Something that is made in a thread of its own while others go on. */
public final class Ahead<T> {
  private final FutureTask<T> made;
  private final Thread thread;

  private Ahead(String name, Callable<T> making) {
    this.made = new FutureTask<>(making);
    this.thread = new Thread(made, name);
    thread.setDaemon(true);
  }

  /** Begins. */
  public static <T> Ahead<T> start(String name, Callable<T> making) {
    Ahead<T> ahead = new Ahead<>(name, making);
    ahead.thread.start();
    return ahead;
  }

  /** What was made; waits for it, and throws what making it threw. */
  public T get() {
    try {
      return made.get();
    } catch (ExecutionException e) {
      throw Ahead.<RuntimeException>as(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Cannot wait for " + thread.getName() + ": interrupted.", e);
    }
  }

  /** Waits until nothing is made any more, whatever came of it. */
  public void end() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Spark's own exceptions are checked, but Scala does not declare them. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // it is thrown as it is
  private static <E extends Throwable> E as(Throwable cause) throws E {
    throw (E) cause;
  }
}
