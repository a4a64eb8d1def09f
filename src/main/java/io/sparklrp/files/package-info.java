/**
 * Which files a model may consist of.
 *
 * <p>What belongs here: where a model's files may lie, and that they are files. What does not: what
 * is in them.
 *
 * <p>A model's directory is untrusted: its links may lead anywhere, and what looks like a file may
 * be a pipe that never ends.
 */
package io.sparklrp.files;
