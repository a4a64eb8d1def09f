package io.sparklrp.spark.commit;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.JobStatus;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;

/**
 * Makes each task's files a part of the output when the task is done, and leaves them there
 * whatever becomes of the job: a unit of work that is committed stays.
 *
 * <p>A unit of one file is committed by its rename. One of several files is first renamed as a
 * whole to a place beside the output, from where its files are moved one by one: what a killed
 * process leaves there is moved by the next, so that no unit stays in halves. Spark names the files
 * of a task's attempts alike, so that a second attempt replaces what a first one had committed
 * before it was lost.
 *
 * <p>What is below {@code _temporary} when a job begins was left by one that was killed, and goes.
 * So does {@code _SUCCESS}, until the output is complete again.
 */
public final class UnitCommitter extends FileOutputCommitter {
  private final Path output;
  private final Configuration hadoop;

  /** The committer of a task, or of a job; called by Spark. */
  public UnitCommitter(Path output, TaskAttemptContext context) throws IOException {
    super(output, context);
    this.output = output;
    this.hadoop = context.getConfiguration();
  }

  @Override
  public void setupJob(JobContext context) throws IOException {
    UnitFiles files = files();
    files.recover();
    files.remove(new Path(output, SUCCEEDED_FILE_NAME));
    super.setupJob(context);
  }

  @Override
  public boolean needsTaskCommit(TaskAttemptContext context) throws IOException {
    return files().exist(getTaskAttemptPath(context));
  }

  @Override
  public void commitTask(TaskAttemptContext context) throws IOException {
    Path attempt = getTaskAttemptPath(context);
    if (files().exist(attempt)) {
      files().commit(attempt, context.getTaskAttemptID().getTaskID().toString());
    }
  }

  /** Nothing is left to be done but to say so: all units are in their place. */
  @Override
  public void commitJob(JobContext context) throws IOException {
    files().finishUnits();
    super.commitJob(context);
  }

  @Override
  public void abortJob(JobContext context, JobStatus.State state) throws IOException {
    try {
      files().finishUnits();
    } catch (FileNotFoundException gone) {
      // the output with all that was in it: nothing is left to be moved
    }
    super.abortJob(context, state);
  }

  private UnitFiles files() throws IOException {
    return UnitFiles.of(output, hadoop);
  }
}
