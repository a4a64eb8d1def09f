/**
 * Pictures as input of a Vision Transformer: from the bytes of a file, or a row of Spark's image
 * source, to normalised pixel values, and back from the model's patches to the picture.
 *
 * <p>What belongs here: decoding, resizing, cropping and normalising as Pillow and Hugging Face's
 * image processors do them, what {@code preprocessor_config.json} says of it, and where a patch
 * lies in the original picture. What does not: what the model makes of the values, and anything of
 * Spark: rows come in as plain numbers and bytes.
 *
 * <p>Pictures are untrusted. Their size is read and limited before they are decoded, what cannot be
 * decoded is a {@link io.sparklrp.error.RecordException} whose message holds nothing of the data,
 * and no file is written on the way. Everything here may be used by several threads at once.
 */
package io.sparklrp.image;
