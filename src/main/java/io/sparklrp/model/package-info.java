/**
 * What is known of a model and what can be asked of it, as pure data that everything shares: tasks,
 * names of outputs, targets.
 */
package io.sparklrp.model;
