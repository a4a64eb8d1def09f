package io.sparklrp.explain;

import io.sparklrp.attribution.Result;

/**
 * One thing that comes out of a record.
 *
 * @param carried what came with the record
 * @param result an explanation, that there is none, or an error
 * @param isFirst whether it is the record's first: those of more than one target follow each other
 * @param <C> what is carried
 */
public record Explained<C>(C carried, Result result, boolean isFirst) {}
