package io.sparklrp.spark.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.JsonProtocol;
import org.apache.spark.util.LongAccumulator;

/**
 * What tasks that run have counted so far. Spark adds a task's counts to its accumulators when the
 * task ends; until then they come with each heartbeat of its executor, and are read here. They are
 * taken from the event's JSON, which is the same in all versions, as its Scala types are not.
 */
public final class RunningTasks extends SparkListener {
  private final ObjectMapper json = new ObjectMapper();
  private final Map<Long, Map<Long, Long>> counts = new ConcurrentHashMap<>();
  private volatile boolean isUnknown;

  /** What is counted in all, tasks that run included. */
  public long value(LongAccumulator accumulator) {
    long running = 0;
    for (Map<Long, Long> ofTask : counts.values()) {
      running += ofTask.getOrDefault(accumulator.id(), 0L);
    }
    return accumulator.value() + running;
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate event) {
    if (isUnknown) {
      return;
    }
    try {
      read(JsonProtocol.sparkEventToJsonString(event));
    } catch (JsonProcessingException | RuntimeException | LinkageError e) {
      isUnknown = true; // a Spark that tells it otherwise: counts come when tasks end
    }
  }

  /** Reads an event. */
  void read(String event) throws JsonProcessingException {
    for (JsonNode task : json.readTree(event).path("Metrics Updated")) {
      Map<Long, Long> values = new HashMap<>();
      for (JsonNode update : task.path("Accumulator Updates")) {
        if (!update.path("Name").asText().startsWith("internal.")) {
          number(update.path("Update").asText())
              .ifPresent(value -> values.put(update.path("ID").asLong(), value));
        }
      }
      counts.put(task.path("Task ID").asLong(), values);
    }
  }

  private static OptionalLong number(String text) {
    return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    counts.remove(end.taskInfo().taskId());
  }
}
