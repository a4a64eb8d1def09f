package io.sparklrp.bench.scale;

import io.sparklrp.bench.scale.Event.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A job on a cluster whose nodes and driver fail at random, event by event: free cores take tasks
 * in order, a task whose node or driver fails is lost and run again, one that ends is kept. The
 * same seed gives the same job.
 */
final class Simulation {
  private final Workload workload;
  private final Cluster cluster;
  private final Delays delays;
  private final long seed;
  private final SplittableRandom random;

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Deque<Integer> again = new ArrayDeque<>();
  private final Map<Integer, Integer> failuresOfTask = new HashMap<>();
  private final ExecutorNode[] nodes;

  private double now;
  private double driverIsFree;
  private boolean driverIsUp = true;
  private long driverRun;
  private long attempts;
  private int next;
  private int ended;
  private double work;
  private double lost;
  private int failures;
  private int driverFailures;
  private int lostTasks;
  private int mostFailures;

  private Simulation(Workload workload, Cluster cluster, Delays delays, long seed) {
    this.workload = workload;
    this.cluster = cluster;
    this.delays = delays;
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.nodes = new ExecutorNode[cluster.nodes()];
  }

  /** How the job goes. */
  static Outcome run(Workload workload, Cluster cluster, Delays delays, long seed) {
    return new Simulation(workload, cluster, delays, seed).run();
  }

  private Outcome run() {
    now = delays.start();
    driverIsFree = now;
    scheduleFailure(Kind.DRIVER_FAILS, -1, cluster.driverMtbf());
    for (int node = 0; node < nodes.length; node++) {
      nodes[node] = new ExecutorNode(cluster.coresOfNode());
      scheduleFailure(Kind.NODE_FAILS, node, cluster.nodeMtbf());
    }
    fill();
    while (ended < workload.tasks() && mostFailures < cluster.maxFailures()) {
      Event event = events.remove();
      now = event.time();
      handle(event);
    }
    return outcome();
  }

  private Outcome outcome() {
    return new Outcome(
        now + delays.end(),
        work,
        lost,
        failures,
        driverFailures,
        lostTasks,
        ended == workload.tasks());
  }

  private void handle(Event event) {
    switch (event.kind()) {
      case TASK_ENDS -> end(event);
      case NODE_FAILS -> failNode(event.node());
      case LOSS_IS_SEEN -> seeLoss(event);
      case NODE_IS_BACK -> bringBack(event.node());
      case DRIVER_FAILS -> failDriver();
      case DRIVER_IS_BACK -> bringDriverBack();
    }
  }

  private void end(Event event) {
    ExecutorNode node = nodes[event.node()];
    Attempt attempt = node.running(event.slot());
    if (attempt == null || attempt.number() != event.attempt()) {
      return;
    }
    work += attempt.seconds();
    ended++;
    node.free(event.slot());
    start(event.node(), event.slot());
  }

  /** What ran there is lost at once, but run again only when the driver has noticed. */
  private void failNode(int number) {
    failures++;
    for (Attempt attempt : nodes[number].fail()) {
      lose(attempt);
      events.add(
          new Event(
              now + delays.detection(), Kind.LOSS_IS_SEEN, number, attempt.task(), driverRun));
    }
    double back = Math.max(delays.detection(), delays.replacement() + delays.executor());
    events.add(new Event(now + back, Kind.NODE_IS_BACK, number, 0, 0));
  }

  private void seeLoss(Event event) {
    if (event.attempt() == driverRun) {
      again.addLast(event.slot());
      fill();
    }
  }

  private void bringBack(int number) {
    nodes[number].bringBack();
    scheduleFailure(Kind.NODE_FAILS, number, cluster.nodeMtbf());
    fill(number);
  }

  /** All that runs is lost; what has ended is kept. Another driver counts failures anew. */
  private void failDriver() {
    driverFailures++;
    driverIsUp = false;
    driverRun++;
    for (ExecutorNode node : nodes) {
      for (Attempt attempt : node.stop()) {
        lose(attempt);
        again.addLast(attempt.task());
      }
    }
    failuresOfTask.clear();
    mostFailures = 0;
    double reread = delays.reread() * workload.records() / cluster.cores();
    double back = delays.driver() + delays.start() + reread;
    events.removeIf(this::isUnseenLoss);
    events.add(new Event(now + back, Kind.DRIVER_IS_BACK, -1, 0, driverRun));
  }

  /** A task whose loss the old driver had not noticed is for the new one to run. */
  private boolean isUnseenLoss(Event event) {
    boolean isUnseen = event.kind() == Kind.LOSS_IS_SEEN;
    if (isUnseen) {
      again.addLast(event.slot());
    }
    return isUnseen;
  }

  private void bringDriverBack() {
    driverIsUp = true;
    driverIsFree = now;
    scheduleFailure(Kind.DRIVER_FAILS, -1, cluster.driverMtbf());
    fill();
  }

  private void lose(Attempt attempt) {
    lost += Math.max(0, now - attempt.since());
    lostTasks++;
    mostFailures = Math.max(mostFailures, failuresOfTask.merge(attempt.task(), 1, Integer::sum));
  }

  private void fill() {
    for (int node = 0; node < nodes.length && hasTasks(); node++) {
      fill(node);
    }
  }

  private void fill(int node) {
    for (int slot = 0; slot < cluster.coresOfNode() && hasTasks(); slot++) {
      if (nodes[node].isFree(slot)) {
        start(node, slot);
      }
    }
  }

  private boolean hasTasks() {
    return !again.isEmpty() || next < workload.tasks();
  }

  private void start(int node, int slot) {
    if (!driverIsUp || !hasTasks()) {
      return;
    }
    int task = again.isEmpty() ? next++ : again.removeFirst();
    driverIsFree = Math.max(now, driverIsFree) + delays.launch();
    double seconds = workload.seconds(task, seed);
    Attempt attempt = new Attempt(task, attempts++, driverIsFree, seconds);
    nodes[node].start(slot, attempt);
    double end = driverIsFree + (seconds + delays.task()) * cluster.factor(node);
    events.add(new Event(end, Kind.TASK_ENDS, node, slot, attempt.number()));
  }

  private void scheduleFailure(Kind kind, int node, double mtbf) {
    if (mtbf < Double.POSITIVE_INFINITY) {
      double after = -mtbf * Math.log(1 - random.nextDouble());
      events.add(new Event(now + after, kind, node, 0, 0));
    }
  }
}
