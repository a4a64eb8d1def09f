package io.sparklrp.relevance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.forward.Architectures;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Node;
import io.sparklrp.oracle.GoldenFixture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttentionDepthTest {
  /** Layers lie evenly from 0 to 1, in the order in which they are computed. */
  @ParameterizedTest
  @MethodSource("io.sparklrp.oracle.GoldenFixture#names")
  void layersLieOneBehindTheOther(String name) {
    ModelGraph model = Architectures.build(GoldenFixture.of(name).checkpoint()).model();
    Graph graph = model.graph();
    Map<String, NodeKind> kinds =
        new NodeKinds(graph, new ActiveValues(graph, model.embeddings())).all();
    AttentionDepth depth = new AttentionDepth(graph, kinds, model.logits());
    List<Node> values =
        graph.nodes().stream()
            .filter(
                node ->
                    kinds.get(node.name()) == NodeKind.ATTENTION_VALUES
                        || kinds.get(node.name()) == NodeKind.ATTENTION_VALUES_FIRST)
            .toList();
    assertThat(values).isNotEmpty();
    Set<String> scopes = new TreeSet<>();
    values.forEach(node -> scopes.add(node.scope()));
    for (Node node : values) {
      int layer = Integer.parseInt(node.scope().substring("layer.".length()));
      float expected = scopes.size() == 1 ? 0.5f : (float) layer / (scopes.size() - 1);
      assertThat(depth.of(node)).as(node.name()).isEqualTo(expected);
    }
  }
}
