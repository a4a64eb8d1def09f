package io.sparklrp.explain.window;

import io.sparklrp.record.RecordTargets;

/**
 * A window to be run.
 *
 * @param window its number
 * @param asked what is asked of it
 */
record WindowRun(int window, RecordTargets asked) {}
