package io.sparklrp.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Tells records apart by what names them, or by what they say: the same on every machine. */
public final class RecordKey {
  private RecordKey() {}

  /** That of a name. */
  public static long ofId(String id) {
    return hash(List.of("id", id));
  }

  /** That of a record's texts. */
  public static long ofTexts(List<String> texts) {
    return hash(texts);
  }

  /** That of a picture's bytes. */
  public static long ofBytes(byte... bytes) {
    return first(digest().digest(bytes));
  }

  private static long hash(List<String> parts) {
    MessageDigest digest = digest();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      digest.update(bytes);
    }
    return first(digest.digest());
  }

  private static long first(byte... hash) {
    return ByteBuffer.wrap(hash).getLong();
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
