package io.sparklrp.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Spark's settings tell of an executor. */
class ExecutorResourcesTest {
  private static final long MACHINE = 12_345_678_901L;
  private static final int SHARED = 7;
  private final SparkConf conf = new SparkConf(false);

  private ExecutorResources of(String master) {
    return ExecutorResources.of(conf, master, SHARED, MACHINE);
  }

  private static OptionalLong mebibytes(long number) {
    return OptionalLong.of(number << 20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"local|1", "local[3]|3", "local[4, 2]|4", "local-cluster[2,5,1024]|5", "yarn|1"})
  void tasksOfAnExecutor(String master, int tasks) {
    assertThat(of(master).tasks()).isEqualTo(tasks);
  }

  @Test
  void coresThatAreSetAndSharedCount() {
    assertThat(of("spark://host:7077").tasks()).isEqualTo(SHARED);
    assertThat(of("local[*]").tasks()).isEqualTo(Runtime.getRuntime().availableProcessors());
    conf.set("spark.executor.cores", "8").set("spark.task.cpus", "3");
    assertThat(of("k8s://https://host").tasks()).isEqualTo(2);
    assertThat(of("spark://host:7077").tasks()).isEqualTo(2);
    conf.set("spark.task.cpus", "9");
    assertThat(of("yarn").tasks()).isEqualTo(1);
  }

  @Test
  void thisJvmHasTheMachine() {
    conf.set(ExecutorResources.OVERHEAD, "5g");
    assertThat(of("local[2]").besideHeap()).hasValue(MACHINE);
    assertThat(of("local[2]").isMachine()).isTrue();
    assertThat(of("local-cluster[1,1,1024]").isMachine()).isFalse();
  }

  @Test
  void theOverheadIsWhatIsSet() {
    conf.set(ExecutorResources.OVERHEAD, "1500");
    assertThat(of("yarn").besideHeap()).isEqualTo(mebibytes(1500));
    conf.set(ExecutorResources.OVERHEAD, "3g");
    assertThat(of("spark://host:7077").besideHeap()).isEqualTo(mebibytes(3072));
  }

  /**
   * A tenth of the heap, 384 MiB at least, as Spark has it; nobody limits a standalone executor.
   */
  @Test
  void theUsualOverheadIsAShareOfTheHeap() {
    assertThat(of("yarn").besideHeap()).isEqualTo(mebibytes(384));
    conf.set("spark.executor.memory", "10g");
    assertThat(of("yarn").besideHeap()).isEqualTo(mebibytes(1024));
    conf.set("spark.kubernetes.memoryOverheadFactor", "0.4");
    assertThat(of("yarn").besideHeap()).isEqualTo(mebibytes(1024));
    assertThat(of("k8s://https://host").besideHeap()).isEqualTo(mebibytes(4096));
    conf.set("spark.executor.memoryOverheadFactor", "0.2");
    assertThat(of("k8s://https://host").besideHeap()).isEqualTo(mebibytes(2048));
    conf.set("spark.executor.minMemoryOverhead", "3g");
    assertThat(of("yarn").besideHeap()).isEqualTo(mebibytes(3072));
    assertThat(of("spark://host:7077").besideHeap()).isEmpty();
  }

  @Test
  void theMachineHasSomethingBesideTheHeap() {
    assertThat(Machine.besideHeap()).isBetween(1L, Long.MAX_VALUE - 1);
  }
}
