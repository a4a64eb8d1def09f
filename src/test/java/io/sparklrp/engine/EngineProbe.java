package io.sparklrp.engine;

import ai.djl.util.Ec2Utils;
import ai.djl.util.Utils;
import io.sparklrp.oracle.GoldenFixture;
import java.lang.reflect.Field;

/**
 * What {@link DjlEngineTest} runs in a JVM of its own: uses DJL, and says what DJL thought of it.
 */
final class EngineProbe {
  private EngineProbe() {}

  /** Uses a tokenizer, then the engine. */
  public static void main(String[] arguments) throws Exception {
    byte[] json = GoldenFixture.of("bert-seqcls").checkpoint().tokenizer().orElseThrow().bytes();
    try (TextTokenizer tokenizer = new TextTokenizer(new TokenizerSettings(json, 40, 900))) {
      tokenizer.encode("the movie", null);
    }
    DjlEngine.start();
    System.out.println("offline " + Utils.isOfflineMode());
    System.out.println("opted out " + Utils.getEnvOrSystemProperty("OPT_OUT_TRACKING"));
    System.out.println("last call home " + lastCall());
    System.out.println(
        "alternative engine off " + System.getProperty("ai.djl.onnx.disable_alternative"));
  }

  /** When DJL last wanted to call home: 0 unless it was allowed to. */
  private static Object lastCall() throws ReflectiveOperationException {
    Field field = Ec2Utils.class.getDeclaredField("lastCheckIn");
    field.setAccessible(true);
    return field.get(null);
  }
}
