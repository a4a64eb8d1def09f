package io.sparklrp.explain;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.List;

/**
 * An {@link ExplainSpec} as bytes, made and read by ourselves: no serializer of a cluster's choice,
 * which may not know records, sees our classes.
 */
public final class SpecBytes {
  /** Of these alone are the classes that may be read. */
  private static final List<String> PACKAGES = List.of("io.sparklrp.", "java.lang.", "java.util.");

  private SpecBytes() {}

  /** The bytes. */
  public static byte[] write(ExplainSpec spec) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(spec);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot write what is explained as bytes.", e);
    }
    return bytes.toByteArray();
  }

  /** What the bytes are of. */
  public static ExplainSpec read(byte[] bytes) {
    try (ObjectInputStream in = new OurClasses(new ByteArrayInputStream(bytes))) {
      return (ExplainSpec) in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException("Cannot read what is explained from bytes.", e);
    }
  }

  /** Finds classes where ours are, whatever loader the thread has, and no others. */
  private static final class OurClasses extends ObjectInputStream {
    OurClasses(InputStream in) throws IOException {
      super(in);
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
      throw new InvalidClassException("a proxy", "it is none of ours");
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass described)
        throws IOException, ClassNotFoundException {
      String element = described.getName().replaceFirst("^\\[+L?", "");
      boolean isPrimitive = described.getName().matches("\\[+[A-Z]");
      if (!isPrimitive && PACKAGES.stream().noneMatch(element::startsWith)) {
        throw new InvalidClassException(described.getName(), "it is none of ours");
      }
      return Class.forName(described.getName(), false, SpecBytes.class.getClassLoader());
    }
  }
}
