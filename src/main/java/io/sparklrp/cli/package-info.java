/**
 * The command line: options, messages and exit codes. The only place that ends the JVM, and only
 * after a failure.
 */
package io.sparklrp.cli;
