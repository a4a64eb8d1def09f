package io.sparklrp.spark;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The files of this machine as those of another file system: {@code remote:///path}. */
public final class RemoteFiles extends RawLocalFileSystem {
  private static final String SCHEME = "remote";

  /** Settings under which it is known. */
  public static Configuration known() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.remote.impl", RemoteFiles.class.getName());
    return hadoop;
  }

  /** The path there of a local file. */
  public static String path(java.nio.file.Path local) {
    return SCHEME + "://" + local.toAbsolutePath();
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }
}
