package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An output on a disk that has no more room: what is kept is said, and gone on with. */
@ExtendWith(LocalSpark.class)
class FullDiskTest {
  private static final int RECORDS = 200;
  private static final AtomicLong ROOM = new AtomicLong();

  @TempDir Path directory;

  /** Local files of which only so many bytes can be written. */
  public static final class SmallDisk extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("small:///");
    }

    @Override
    public String getScheme() {
      return "small";
    }

    /** Permissions are asked of the machine, which knows files of its own scheme alone. */
    private static FileStatus withoutPermission(FileStatus file) {
      return new FileStatus(
          file.getLen(),
          file.isDirectory(),
          1,
          file.getBlockSize(),
          file.getModificationTime(),
          file.getPath());
    }

    @Override
    public FileStatus getFileStatus(org.apache.hadoop.fs.Path file) throws IOException {
      return withoutPermission(super.getFileStatus(file));
    }

    @Override
    public FileStatus[] listStatus(org.apache.hadoop.fs.Path directory) throws IOException {
      return Arrays.stream(super.listStatus(directory))
          .map(SmallDisk::withoutPermission)
          .toArray(FileStatus[]::new);
    }

    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path file,
        boolean overwrite,
        int buffer,
        short replication,
        long block,
        Progressable progress)
        throws IOException {
      OutputStream whole = super.create(file, overwrite, buffer, replication, block, progress);
      return new FSDataOutputStream(new Limited(whole), null);
    }
  }

  private static final class Limited extends FilterOutputStream {
    Limited(OutputStream whole) {
      super(whole);
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      if (ROOM.addAndGet(-count) < 0) {
        throw new IOException("No space left on device");
      }
      out.write(bytes, from, count);
    }
  }

  @BeforeEach
  void writeRecords() {
    LocalSpark.session()
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.small.impl", SmallDisk.class.getName());
    Row[] records =
        IntStream.range(0, RECORDS)
            .mapToObj(i -> LocalSpark.row(i, "The movie " + i + " was bad. ".repeat(9)))
            .toArray(Row[]::new);
    LocalSpark.table("id INT, text STRING", records)
        .write()
        .parquet(directory.resolve("in").toString());
  }

  private CommandRun explained(String... more) {
    return CommandRun.explainFrom(
        "--input",
        directory.resolve("in").toString(),
        "--output",
        "small://" + directory.resolve("out").toAbsolutePath(),
        more);
  }

  @Test
  void whereNothingFitsItIsSaid() {
    ROOM.set(100);
    explained()
        .ended(ExitCode.FAILED, "Cannot write rows to", "No space left on device", "Nothing");
    ROOM.set(Long.MAX_VALUE);
    assertThat(explained().done().out()).contains("Explained " + RECORDS + " records");
    assertThat(LocalSpark.read(directory.resolve("out")).count()).isEqualTo(RECORDS);
  }
}
