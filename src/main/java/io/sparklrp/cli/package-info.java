/** The command line: options, messages and exit codes. The only place that ends the JVM. */
package io.sparklrp.cli;
