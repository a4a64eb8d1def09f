/**
 * Breaks rules on purpose, one at a time, to see that it does not go unnoticed: {@code
 * scripts/break-rules}. No tests here, only what runs them.
 */
package io.sparklrp.mutation;
