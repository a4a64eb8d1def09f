/** What other programs call. */
package io.sparklrp;
