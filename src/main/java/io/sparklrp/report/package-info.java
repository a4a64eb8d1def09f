/**
 * One page that tells people what a run came to.
 *
 * <p>What belongs here: what a page is made of ({@link io.sparklrp.report.Report}: sections of
 * sentences, tables and cards), and how it becomes HTML, by the templates in {@code src/main/jte}.
 * All text is escaped there, whoever wrote it. What does not: what is said, which {@code spark}
 * reads from outputs and tables.
 */
package io.sparklrp.report;
