package io.sparklrp.spark.evaluate;

import io.sparklrp.engine.Batching;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.Source;
import io.sparklrp.explain.WorkEstimate;
import io.sparklrp.explain.evaluate.Evaluated;
import io.sparklrp.explain.evaluate.Evaluator;
import io.sparklrp.explain.evaluate.Subject;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.spark.tally.ForwardCounters;
import io.sparklrp.spark.tally.RunCounters;
import io.sparklrp.spark.tally.TaskProgress;
import io.sparklrp.spark.task.ReadColumns;
import io.sparklrp.spark.task.RowReader;
import io.sparklrp.spark.task.ShippedSpec;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.TaskCompletionListener;

/** What a task of an evaluation does: evaluate a partition's rows, a bounded number at a time. */
final class EvaluatePartition implements Function2<Integer, Iterator<InternalRow>, Iterator<Row>> {
  private static final long serialVersionUID = 1L;

  /** Records that are held at a time: each method's program is loaded once for them. */
  private static final int HELD = 512;

  private final ArrayList<Shipped> methods;
  private final ReadColumns columns;
  private final boolean isNamed;
  private final int highlights;
  private final boolean leavesOneOut;
  private final RunCounters counters;
  private final ForwardCounters forwards;

  /**
   * A method on its way to the executors.
   *
   * @param batching which records may share a batch
   * @param limits how large a batch may be
   */
  record Shipped(String method, ShippedSpec spec, Batching batching, BatchLimits limits)
      implements Serializable {
    Subject subject() {
      return new Subject(method, spec::acquire, batching, limits);
    }
  }

  /**
   * A task.
   *
   * @param methods the first can run records with tokens replaced
   * @param isNamed whether a column names records
   * @param highlights index of the column of what people marked, array of double; -1 for none
   * @param leavesOneOut whether each token is replaced alone too
   */
  EvaluatePartition(
      List<Shipped> methods,
      ReadColumns columns,
      boolean isNamed,
      int highlights,
      boolean leavesOneOut,
      RunCounters counters,
      ForwardCounters forwards) {
    this.methods = new ArrayList<>(methods);
    this.columns = columns;
    this.isNamed = isNamed;
    this.highlights = highlights;
    this.leavesOneOut = leavesOneOut;
    this.counters = counters;
    this.forwards = forwards;
  }

  @Override
  public Iterator<Row> call(Integer partition, Iterator<InternalRow> rows) {
    ExplainSpec spec = methods.get(0).spec().value();
    TaskProgress progress = new TaskProgress(counters);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> progress.end());
    RowReader reader = new RowReader(columns, spec.input(), spec.target(), isNamed);
    return new Rows(rows, reader, WorkEstimate.of(spec), progress);
  }

  /** What is kept of a record until it is evaluated. */
  @SuppressWarnings("ArrayRecordComponent") // as many as words
  private record Held(Source<RowReader.Carried> source, String label, double... importance) {}

  /** Rows as they are asked for. */
  private final class Rows implements Iterator<Row> {
    private final Iterator<InternalRow> records;
    private final RowReader reader;
    private final WorkEstimate estimate;
    private final TaskProgress progress;
    private final Deque<Row> ready = new ArrayDeque<>();

    Rows(
        Iterator<InternalRow> records,
        RowReader reader,
        WorkEstimate estimate,
        TaskProgress progress) {
      this.records = records;
      this.reader = reader;
      this.estimate = estimate;
      this.progress = progress;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && records.hasNext()) {
        evaluate(nextHeld());
      }
      return !ready.isEmpty();
    }

    private List<Held> nextHeld() {
      List<Held> held = new ArrayList<>();
      while (records.hasNext() && held.size() < HELD) {
        InternalRow row = records.next();
        Source<RowReader.Carried> source = reader.read(row);
        progress.read(estimate.operations(source.record()));
        held.add(new Held(source, columns.target(row), importance(source)));
      }
      return held;
    }

    private double[] importance(Source<RowReader.Carried> source) {
      InternalRow carried = source.carried().columns();
      return highlights < 0 || carried.isNullAt(highlights)
          ? null
          : carried.getArray(highlights).toDoubleArray();
    }

    private void evaluate(List<Held> held) {
      Evaluator evaluator =
          new Evaluator(
              methods.get(0).spec().value(),
              methods.stream().map(Shipped::subject).toList(),
              leavesOneOut,
              progress);
      List<List<Evaluated>> found =
          evaluator.evaluate(
              held.stream()
                  .map(one -> new Evaluator.Labelled(one.source(), one.importance()))
                  .toList());
      for (int i = 0; i < held.size(); i++) {
        Held record = held.get(i);
        String id = record.source().id().orElse(null);
        long key = record.source().key();
        found.get(i).forEach(one -> ready.add(CurveSchema.row(id, key, record.label(), one)));
      }
      forwards.add(evaluator.asked(), evaluator.ran());
      counters.failed(found.stream().filter(Rows::isError).count());
    }

    private static boolean isError(List<Evaluated> methods) {
      return methods.stream().allMatch(one -> one.failure().isPresent());
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.remove();
    }
  }
}
