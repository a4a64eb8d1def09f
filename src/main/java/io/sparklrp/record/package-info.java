/**
 * Records as the engine reads them and what it finds of them, in plain arrays: tokens or patches,
 * what is asked, relevance.
 *
 * <p>Here belongs neither how they are made nor what they mean for a user.
 */
package io.sparklrp.record;
