package io.sparklrp.forward;

/** Names of the parts of a model, as its nodes' scopes say them. */
final class Scopes {
  static final String EMBEDDINGS = "embeddings";
  static final String POSITION = "position";
  static final String SEGMENT = "segment";
  static final String MASK = "mask";
  static final String FINAL_NORM = "final_norm";
  static final String HEAD = "head";

  private Scopes() {}

  static String layer(int index) {
    return "layer." + index;
  }
}
