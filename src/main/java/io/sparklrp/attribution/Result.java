package io.sparklrp.attribution;

/** What comes out for a target of a record. */
public sealed interface Result permits Attribution, NothingExplained, RecordError {}
