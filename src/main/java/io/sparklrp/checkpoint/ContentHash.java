package io.sparklrp.checkpoint;

import io.sparklrp.files.Confinement;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 over named files: for each its name, its length and its content. */
public final class ContentHash {
  private ContentHash() {}

  /**
   * The identity of a model.
   *
   * @param directory where its configuration and tokenizer are, if it has them
   * @param weights its other files
   */
  public static String of(Path directory, List<Path> weights) {
    MessageDigest digest = sha256();
    Stream<Path> others =
        Stream.concat(ModelFiles.SETTINGS.stream(), SentenceModules.files(directory).stream())
            .map(directory::resolve)
            .filter(Confinement::exists)
            .map(file -> Confinement.check(directory, file));
    Stream.concat(weights.stream(), others)
        .sorted()
        .forEach(file -> add(digest, file, name(directory, file)));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A file of a directory below has its directory's name too. */
  private static String name(Path directory, Path file) {
    boolean isBelow = file.startsWith(directory) && !file.getParent().equals(directory);
    return isBelow
        ? directory.relativize(file).toString().replace('\\', '/')
        : file.getFileName().toString();
  }

  private static void add(MessageDigest digest, Path file, String stored) {
    byte[] name = stored.getBytes(StandardCharsets.UTF_8);
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).flip());
      digest.update(name);
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(Files.size(file)).flip());
      in.transferTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot hash the model: this JDK has no SHA-256.", e);
    }
  }
}
