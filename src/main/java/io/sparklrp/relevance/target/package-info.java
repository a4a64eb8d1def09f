/**
 * Which outputs are explained, where the model's own outputs decide it: one class for each way to
 * choose, written as operators, so that choosing and explaining are one run.
 */
package io.sparklrp.relevance.target;
