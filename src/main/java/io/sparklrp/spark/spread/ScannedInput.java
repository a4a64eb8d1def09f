package io.sparklrp.spark.spread;

import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanRelation;
import org.apache.spark.sql.execution.datasources.v2.FileScan;

/**
 * Tells by a table's plan what reading it takes: files that are scanned, filtered and projected are
 * read twice at little cost, and come in the same order again. A view that joins, a query that
 * sorts or a database may do neither.
 */
final class ScannedInput {
  private static final Set<Class<?>> PLAIN =
      Set.of(
          Project.class,
          Filter.class,
          Union.class,
          LocalRelation.class,
          Range.class,
          OneRowRelation.class);

  /** Formats of one record a file, which is read only for the columns that are asked for. */
  private static final String PICTURES = "BinaryFileFormat";

  private ScannedInput() {}

  /** Whether rows are scanned from files. */
  static boolean isScan(Dataset<Row> rows) {
    LogicalPlan plan = rows.queryExecution().optimizedPlan();
    if (!plan.deterministic()) {
      return false;
    }
    TreeNode<?> node = plan.apply(0);
    for (int i = 1; node != null; i++) {
      if (!isPlain(node)) {
        return false;
      }
      node = plan.apply(i);
    }
    return true;
  }

  private static boolean isPlain(TreeNode<?> node) {
    if (node instanceof LogicalRelation relation) {
      return relation.relation() instanceof HadoopFsRelation;
    }
    if (node instanceof DataSourceV2ScanRelation relation) {
      return relation.scan() instanceof FileScan
          || relation.scan().getClass().getName().startsWith("org.apache.iceberg.");
    }
    return PLAIN.contains(node.getClass())
        || node.getClass().getSimpleName().equals("HiveTableRelation");
  }

  /** Whether each record is a file of its own, which is whole in one split. */
  static boolean isFileEach(Dataset<Row> rows) {
    LogicalPlan plan = rows.queryExecution().optimizedPlan();
    TreeNode<?> node = plan.apply(0);
    for (int i = 1; node != null; i++) {
      if (node instanceof LogicalRelation relation
          && relation.relation() instanceof HadoopFsRelation files) {
        return files.fileFormat().getClass().getSimpleName().equals(PICTURES);
      }
      node = plan.apply(i);
    }
    return false;
  }
}
