/**
 * What Hugging Face's {@code AutoTokenizer.from_pretrained} makes of a directory, as one {@code
 * tokenizer.json}: its class builds most of the tokenizer anew, of {@code tokenizer_config.json}.
 *
 * <p>What belongs here: reading {@code tokenizer.json} without its vocabulary as a tree, which
 * class is taken, and what each class makes. What does not: files, and running a tokenizer.
 */
package io.sparklrp.checkpoint.tokenizer;
