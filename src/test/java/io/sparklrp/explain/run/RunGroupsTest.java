package io.sparklrp.explain.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunGroupsTest {
  @Test
  void groupsAreFullButTheLastAndHoldNoMoreThanOneRecordTooMany() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Long> records = new ArrayList<>();
      random.longs(random.nextInt(40), 1, 30).forEach(records::add);
      long most = 1L + random.nextInt(100);
      List<List<Long>> groups = RunGroups.of(records, Long::longValue, most);
      assertThat(groups.stream().flatMap(List::stream).toList())
          .as("seed %d", seed)
          .isEqualTo(records);
      for (int i = 0; i < groups.size(); i++) {
        List<Long> group = groups.get(i);
        assertThat(sum(group.subList(0, group.size() - 1))).as("seed %d", seed).isLessThan(most);
        if (i < groups.size() - 1) {
          assertThat(sum(group)).as("seed %d", seed).isGreaterThanOrEqualTo(most);
        }
      }
    }
  }

  @Test
  void nothingIsNoGroup() {
    assertThat(RunGroups.of(List.<Long>of(), Long::longValue, 10)).isEmpty();
  }

  private static long sum(List<Long> tokens) {
    return tokens.stream().mapToLong(Long::longValue).sum();
  }
}
