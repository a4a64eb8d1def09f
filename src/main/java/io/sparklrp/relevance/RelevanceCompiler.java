package io.sparklrp.relevance;

import io.sparklrp.error.UserException;
import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.relevance.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Appends the relevance pass of a rule set to a forward pass: one reverse walk, node by node, from
 * the seed at the logits to the embeddings (Ali et al. 2022, section 3: LRP as a modified gradient
 * times the input).
 */
public final class RelevanceCompiler {
  private final ModelGraph model;
  private final RuleSet rules;
  private final TargetSource target;
  private final GraphBuilder builder;
  private final ActiveValues active;
  private final Map<String, NodeKind> kinds;
  private final BackwardPass pass;
  private final Ops ops;

  private RelevanceCompiler(
      ModelGraph model, RuleSet rules, TargetSource target, LedgerDetail detail) {
    this.model = model;
    this.rules = rules;
    this.target = target;
    this.builder = GraphBuilder.from(model.graph());
    this.active = new ActiveValues(model.graph(), model.embeddings());
    this.kinds = new NodeKinds(model.graph(), active).all();
    TokenRows rows = TokenRows.of(model.graph(), active, model.embeddings());
    this.pass =
        new BackwardPass(
            builder,
            active,
            new LedgerScopes(model.graph(), detail),
            rows,
            new TokenAxes(model.graph(), active, rows, model.embeddings()),
            new MergedHeads(
                model.graph(), active, builder.value(model.embeddings()).shape().dim(0)),
            model.embeddings());
    this.ops = new Ops(builder, "relevance", "relevance");
  }

  /**
   * Compiles.
   *
   * @param model the forward pass
   * @param rules the rules of a method
   * @param target where the seed comes from
   * @param detail how finely the ledger books additive constants
   * @throws UserException if a node that the score depends on has no rule; all such nodes are named
   */
  public static CompiledRelevance compile(
      ModelGraph model, RuleSet rules, TargetSource target, LedgerDetail detail) {
    return new RelevanceCompiler(model, rules, target, detail).compile();
  }

  private CompiledRelevance compile() {
    refuseUnknown();
    Value logits = builder.value(model.logits());
    Value flat = logits.rank() == 2 ? logits : ops.reshape("flat", logits, 0, -1);
    Value predicted =
        ops.op(
            "predicted",
            "ArgMax",
            Map.of("axis", Attribute.of(-1L), "keepdims", Attribute.of(0L)),
            flat);
    Value seed =
        switch (target) {
          case SEED -> seedInput(logits);
          case TARGETS -> scattered(flat, logits);
          case PREDICTED -> oneHot(predicted, flat, logits);
        };
    long[] outputs = LongStream.range(1, logits.rank()).toArray();
    Value score = ops.reduceSum("score", ops.mul("seeded", seed, logits), false, outputs);
    pass.send(model.logits(), seed);
    walk();
    Value relevance = relevance();
    Value ledger = pass.ledger().total(ops.in("ledger"), relevance);
    List<Value> results = new ArrayList<>();
    results.add(ops.output(CompiledRelevance.LOGITS, logits));
    results.add(ops.output(CompiledRelevance.PREDICTED, predicted));
    results.add(ops.output(CompiledRelevance.SCORE, score));
    results.add(ops.output(CompiledRelevance.RELEVANCE, relevance));
    results.add(ops.output(CompiledRelevance.LEDGER, ledger));
    return new CompiledRelevance(builder.build(results), pass.ledger().entries());
  }

  private Value seedInput(Value logits) {
    return builder.input(CompiledRelevance.SEED, DataType.FLOAT32, logits.shape());
  }

  private Value oneHot(Value predicted, Value flat, Value logits) {
    Value depth = ops.dimension("outputs", flat, 1);
    Value row = ops.oneHot("one_hot", predicted, depth);
    return shaped(row, logits);
  }

  private Value scattered(Value flat, Value logits) {
    Shape shape = Shape.of(logits.shape().dim(0), Dim.symbol("parts"));
    Value index = builder.input(CompiledRelevance.TARGET_INDEX, DataType.INT64, shape);
    Value weight = builder.input(CompiledRelevance.TARGET_WEIGHT, DataType.FLOAT32, shape);
    Value zeros = ops.mul("no_seed", flat, ops.scalar(0f));
    Map<String, Attribute> adds =
        Map.of("axis", Attribute.of(1L), "reduction", Attribute.of("add"));
    return shaped(ops.op("seeds", "ScatterElements", adds, zeros, index, weight), logits);
  }

  /** A row for each record, in the shape of the logits. */
  private Value shaped(Value row, Value logits) {
    return logits.rank() == 2
        ? row
        : ops.reshape("seed", row, 0, -1, logits.shape().dim(-1).size());
  }

  private void refuseUnknown() {
    List<String> missing =
        RuleTable.of(model, rules).rows().stream()
            .filter(row -> row.rule().isEmpty())
            .map(row -> row.node() + " (" + row.op() + ")")
            .toList();
    if (!missing.isEmpty()) {
      throw new UserException(
          String.format(
              "Cannot explain the model: no rule for %s. Run check-model to see all of its operators.",
              String.join(", ", missing)));
    }
  }

  private void walk() {
    List<Node> nodes = model.graph().nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      boolean isEmbedding = node.outputs().contains(model.embeddings());
      if (!isEmbedding
          && active.contains(node.output())
          && pass.arrivedAt(node.output()).isPresent()) {
        propagate(node);
      }
    }
  }

  private void propagate(Node node) {
    try {
      rule(node).propagate(node, pass);
    } catch (UserException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UserException(
          String.format(
              "Cannot explain the model: the rule of node %s (%s) does not fit it (%s)."
                  + " Report it with the model's name.",
              node.name(), node.op(), e.getMessage()),
          e);
    }
  }

  private Rule rule(Node node) {
    return rules.rule(node, kinds.get(node.name())).orElseThrow();
  }

  /** R_t = sum over j of X[t, j] G[t, j], and what stayed with the token. */
  private Value relevance() {
    Value embeddings = builder.value(model.embeddings());
    Value gradient = pass.arrivedAt(model.embeddings()).orElseThrow(this::unreached);
    Value relevance = ops.reduceSum("flowed", ops.mul("products", embeddings, gradient), false, -1);
    for (Value stayed : pass.stayed()) {
      relevance = ops.add("with_stayed", relevance, stayed);
    }
    return relevance;
  }

  private UserException unreached() {
    return new UserException(
        String.format(
            "Cannot explain the model: its output %s does not depend on the embeddings %s."
                + " Name another output or point of explanation.",
            model.logits(), model.embeddings()));
  }
}
