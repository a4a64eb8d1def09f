package io.sparklrp.files;

import io.sparklrp.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * What a model's files may be: regular files of its own directory or below, links followed. One
 * place outside is known: in Hugging Face's cache a model's directory, {@code
 * models--ORG--NAME/snapshots/REVISION}, has links to {@code models--ORG--NAME/blobs}.
 */
public final class Confinement {
  private static final String SNAPSHOTS = "snapshots";
  private static final String BLOBS = "blobs";
  private static final String REPOSITORY = "models--";

  private Confinement() {}

  /** Whether there is an entry of that path, be it a link to nothing. */
  public static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Checks one of a model's files.
   *
   * @param directory the model's
   * @return the file
   * @throws UserException if it leads out of the directory, is missing, or is no regular file
   */
  public static Path check(Path directory, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          String.format(
              "Cannot open model %s: %s is no file. Put a file in its place.",
              directory, file.getFileName()));
    }
    if (!holds(directory, file)) {
      throw new UserException(
          String.format(
              "Cannot open model %s: %s is a link that leaves the directory. Put the file itself there.",
              directory, file.getFileName()));
    }
    return file;
  }

  /** Whether something that exists lies in a model's directory, or where its cache keeps it. */
  public static boolean holds(Path directory, Path file) {
    try {
      Path real = file.toRealPath();
      Path home = directory.toAbsolutePath().toRealPath();
      return real.startsWith(home) || isBlob(home, real);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Whether a directory is of a snapshot, and a file a blob of the same repository. */
  private static boolean isBlob(Path home, Path real) {
    for (Path at = home; at.getParent() != null; at = at.getParent()) {
      Path repository = at.getParent().getParent();
      if (repository != null
          && repository.getFileName() != null
          && at.getParent().endsWith(SNAPSHOTS)
          && repository.getFileName().toString().startsWith(REPOSITORY)) {
        return repository.resolve(BLOBS).equals(real.getParent());
      }
    }
    return false;
  }
}
