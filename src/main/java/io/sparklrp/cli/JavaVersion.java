package io.sparklrp.cli;

import io.sparklrp.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * Whether Spark runs on this Java. From 23 on Java lacks what older versions of Hadoop ask at every
 * file (Subject.getSubject, which went with the security manager): Hadoop itself is asked.
 */
final class JavaVersion {
  private static final int FIRST_WITHOUT_SUBJECT = 23;
  private static final String BUILD = "/spark-version-info.properties";

  private JavaVersion() {}

  /**
   * Asks, and may be asked before Spark starts.
   *
   * @throws UserException if Spark does not run on it
   */
  static void check() {
    int java = Runtime.version().feature();
    if (java < FIRST_WITHOUT_SUBJECT) {
      return;
    }
    try {
      UserGroupInformation.getCurrentUser();
    } catch (UnsupportedOperationException e) {
      throw new UserException(
          String.format(
              "Cannot run on Java %d: Spark %s does not run on it. Set JAVA_HOME to Java 17 or 21.",
              java, spark()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot find out who runs this: " + e.getMessage(), e);
    }
  }

  private static String spark() {
    Properties build = new Properties();
    try (InputStream in = JavaVersion.class.getResourceAsStream(BUILD)) {
      if (in != null) {
        build.load(in);
      }
    } catch (IOException e) {
      return "here"; // only its name is missing
    }
    return build.getProperty("version", "here");
  }
}
