package io.sparklrp.runtime.window;

import io.sparklrp.runtime.RecordTargets;

/**
 * A window to be run.
 *
 * @param window its number
 * @param asked what is asked of it
 */
record WindowRun(int window, RecordTargets asked) {}
