package io.sparklrp.spark;

import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
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
final class ShippedSpec implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What tasks of this JVM read at the moment, by shipment: it goes with the last of them. */
  private static final Map<String, WeakReference<ExplainSpec>> READ = new ConcurrentHashMap<>();

  private final String shipment = UUID.randomUUID().toString();
  private final Broadcast<byte[]> bytes;
  private final ShippedFiles files;

  private ShippedSpec(Broadcast<byte[]> bytes, ShippedFiles files) {
    this.bytes = bytes;
    this.files = files;
  }

  /** Sends it. */
  static ShippedSpec send(ExplainSpec spec, JavaSparkContext context) {
    return new ShippedSpec(
        context.broadcast(SpecBytes.write(spec)),
        ShippedFiles.send(spec.program().files(), context));
  }

  /** What was sent. */
  ExplainSpec value() {
    WeakReference<ExplainSpec> known = READ.get(shipment);
    ExplainSpec spec = known == null ? null : known.get();
    if (spec == null) {
      spec = SpecBytes.read(bytes.value());
      READ.values().removeIf(reference -> reference.get() == null);
      READ.put(shipment, new WeakReference<>(spec));
    }
    return spec;
  }

  /** A hold on its program in this JVM. */
  EngineSession acquire() {
    return EngineSessions.ofJvm().acquire(value().program(), files::receive);
  }

  /** Takes it back from all executors. */
  void destroy() {
    READ.remove(shipment);
    bytes.destroy();
    files.destroy();
  }
}
