package io.sparklrp.record;

/**
 * A picture as a model's input, normalised.
 *
 * @param values [channels][rows][columns], one after the other
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to the engine
public record PatchPixels(float[] values, int channels, int height, int width) {}
