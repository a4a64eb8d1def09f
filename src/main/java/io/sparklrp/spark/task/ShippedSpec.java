package io.sparklrp.spark.task;

import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.GraphFiles;
import io.sparklrp.engine.Program;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.SpecBytes;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * What is explained, on its way to the executors: bytes that we make and read ourselves, so that no
 * serializer of the cluster's choice sees our classes, and files beside them where graphs are
 * large.
 */
public final class ShippedSpec implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What tasks of this JVM read at the moment, by shipment: it goes with the last of them. */
  private static final Map<String, Reading> READ = new ConcurrentHashMap<>();

  /** What was read, or is to be: by one task at a time. */
  private static final class Reading {
    private WeakReference<ExplainSpec> spec = new WeakReference<>(null);

    synchronized ExplainSpec get(Broadcast<byte[]> bytes) {
      ExplainSpec known = spec.get();
      if (known == null) {
        known = SpecBytes.read(bytes.value());
        spec = new WeakReference<>(known);
      }
      return known;
    }
  }

  private final String shipment = UUID.randomUUID().toString();
  private final Broadcast<byte[]> bytes;
  private final ShippedFiles files;

  private ShippedSpec(Broadcast<byte[]> bytes, ShippedFiles files) {
    this.bytes = bytes;
    this.files = files;
  }

  /** Sends it. */
  public static ShippedSpec send(ExplainSpec spec, JavaSparkContext context) {
    return new ShippedSpec(
        context.broadcast(SpecBytes.write(spec)),
        ShippedFiles.send(spec.program().files(), context));
  }

  /** What was sent. */
  public ExplainSpec value() {
    return READ.computeIfAbsent(shipment, key -> new Reading()).get(bytes);
  }

  /** A hold on its program in this JVM; what was read stays as long as that is loaded. */
  public EngineSession acquire() {
    ExplainSpec spec = value();
    return EngineSessions.ofJvm().acquire(spec.program(), () -> new Held(spec, files.receive()));
  }

  /** The files of a program, and what it is a part of. */
  private record Held(ExplainSpec spec, GraphFiles files) implements GraphFiles {
    @Override
    public Program locate(Program program) {
      return files.locate(program);
    }

    @Override
    public void close() {
      files.close();
    }
  }

  /** Takes it back from all executors. */
  public void destroy() {
    READ.remove(shipment);
    bytes.destroy();
    files.destroy();
  }
}
