package io.sparklrp.compile;

import io.sparklrp.graph.pass.Stage;
import io.sparklrp.relevance.NodeKind;
import io.sparklrp.relevance.RuleTable;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a pass would have the methods take attention, a gate or another kind of node for something
 * else, that pass is left out: it costs time, and relevance stays what it is.
 */
final class KeptKinds implements Stage.Objection<Compiling> {
  @Override
  public Optional<String> to(Compiling before, Compiling after) {
    Map<NodeKind, Long> old = RuleTable.counts(before.model());
    Map<NodeKind, Long> now = RuleTable.counts(after.model());
    return old.equals(now)
        ? Optional.empty()
        : Optional.of("methods would take nodes for something else: " + differences(old, now));
  }

  private static String differences(Map<NodeKind, Long> old, Map<NodeKind, Long> now) {
    Set<NodeKind> kinds = EnumSet.allOf(NodeKind.class);
    kinds.removeIf(kind -> old.getOrDefault(kind, 0L).equals(now.getOrDefault(kind, 0L)));
    return kinds.stream()
        .map(
            kind ->
                String.format(
                    "%s %d -> %d",
                    kind.words(), old.getOrDefault(kind, 0L), now.getOrDefault(kind, 0L)))
        .collect(Collectors.joining(", "));
  }
}
