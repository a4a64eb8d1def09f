package io.sparklrp.graph.pass;

import io.sparklrp.graph.Graph;
import java.util.Optional;

/**
 * What one pass did.
 *
 * @param stage the stage that it is of
 * @param pass its name
 * @param description what it does, in one sentence
 * @param before the graph that it got
 * @param after the graph that came out; the same where it was left out
 * @param leftOut why its change was not made; empty where it was
 */
public record PassStep(
    String stage,
    String pass,
    String description,
    Graph before,
    Graph after,
    Optional<String> leftOut) {}
