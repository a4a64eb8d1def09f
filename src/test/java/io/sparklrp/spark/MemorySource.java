package io.sparklrp.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A source of the newer kind that knows its schema and takes none, as table formats do. Its tables
 * are in this JVM's memory, by path. With the write option {@code lose} the first task loses so
 * many rows; with the read option {@code fade} every further query finds one row less.
 */
public final class MemorySource implements TableProvider {
  private static final Map<String, Stored> TABLES = new ConcurrentHashMap<>();

  /** A table. */
  private static final class Stored {
    private StructType schema = new StructType();
    private final List<InternalRow> rows = Collections.synchronizedList(new ArrayList<>());
    private int queries;
  }

  private static Stored stored(CaseInsensitiveStringMap options) {
    return TABLES.computeIfAbsent(options.get("path"), path -> new Stored());
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return stored(options).schema;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new MemoryTable(stored(new CaseInsensitiveStringMap(properties)));
  }

  private record MemoryTable(Stored stored) implements SupportsRead, SupportsWrite {
    @Override
    public String name() {
      return "memory";
    }

    @Override
    @SuppressWarnings("deprecation") // its successor is not in Spark 3.5
    public StructType schema() {
      return stored.schema;
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of(
          TableCapability.BATCH_READ,
          TableCapability.BATCH_WRITE,
          TableCapability.ACCEPT_ANY_SCHEMA);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
      int gone = options.getBoolean("fade", false) ? stored.queries++ : 0;
      return () -> new MemoryScan(stored, gone);
    }

    @Override
    public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
      stored.schema = info.schema();
      return new MemoryWrite(info.options().get("path"), info.options().getInt("lose", 0));
    }
  }

  private record MemoryScan(Stored stored, int gone) implements Scan, Batch {
    @Override
    public StructType readSchema() {
      return stored.schema;
    }

    @Override
    public Batch toBatch() {
      return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
      return new InputPartition[] {new MemoryPart(stored.rows.subList(gone, stored.rows.size()))};
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      return new MemoryReaders();
    }
  }

  private static final class MemoryPart implements InputPartition {
    private static final long serialVersionUID = 1L;
    private final ArrayList<InternalRow> rows;

    MemoryPart(List<InternalRow> rows) {
      this.rows = new ArrayList<>(rows);
    }
  }

  private static final class MemoryReaders implements PartitionReaderFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      List<InternalRow> rows = ((MemoryPart) partition).rows;
      return new PartitionReader<>() {
        private int at = -1;

        @Override
        public boolean next() {
          return ++at < rows.size();
        }

        @Override
        public InternalRow get() {
          return rows.get(at);
        }

        @Override
        public void close() {}
      };
    }
  }

  private record MemoryWrite(String path, int lose)
      implements WriteBuilder, BatchWrite, DataWriterFactory {
    @Override
    @SuppressWarnings("deprecation") // its successor is another interface
    public BatchWrite buildForBatch() {
      return this;
    }

    @Override
    public DataWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
      return this;
    }

    @Override
    public DataWriter<InternalRow> createWriter(int partition, long task) {
      return new MemoryWriter(path, partition == 0 ? lose : 0);
    }

    @Override
    public void commit(WriterCommitMessage[] messages) {}

    @Override
    public void abort(WriterCommitMessage[] messages) {}
  }

  private record Written() implements WriterCommitMessage {}

  private static final class MemoryWriter implements DataWriter<InternalRow> {
    private final String path;
    private final int lose;
    private final List<InternalRow> rows = new ArrayList<>();

    MemoryWriter(String path, int lose) {
      this.path = path;
      this.lose = lose;
    }

    @Override
    public void write(InternalRow row) {
      rows.add(row.copy());
    }

    @Override
    public WriterCommitMessage commit() {
      TABLES.get(path).rows.addAll(rows.subList(Math.min(lose, rows.size()), rows.size()));
      return new Written();
    }

    @Override
    public void abort() {}

    @Override
    public void close() {}
  }
}
