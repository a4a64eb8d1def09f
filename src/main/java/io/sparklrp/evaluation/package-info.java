/**
 * How faithful relevance is: what a model says of records of which tokens are taken away, or put
 * back, in relevance's order (Ali et al. 2022, section 4; their official protocol).
 *
 * <p>Pure numbers: no engine, no Spark.
 */
package io.sparklrp.evaluation;
