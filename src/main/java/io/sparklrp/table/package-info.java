/**
 * The output's columns: their names and types, how an explanation becomes a row and a row an
 * explanation, and what an output says of its origin.
 *
 * <p>Whatever counts, checks, prints or reads an output asks {@link
 * io.sparklrp.table.ExplainedSchema}: a column is added by adding a component to the record that it
 * is made of, {@link io.sparklrp.table.OutputRow} or one below it.
 */
package io.sparklrp.table;
