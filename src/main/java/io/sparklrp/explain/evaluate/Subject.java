package io.sparklrp.explain.evaluate;

import io.sparklrp.engine.Batching;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.explain.run.BatchLimits;
import java.util.function.Supplier;

/**
 * A method that is evaluated. Its program, weights and all, is not held until it is asked for.
 *
 * @param method its name
 * @param session a hold on its program, to be closed
 * @param batching which records may share a batch
 * @param limits how large a batch may be
 */
public record Subject(
    String method, Supplier<EngineSession> session, Batching batching, BatchLimits limits) {}
