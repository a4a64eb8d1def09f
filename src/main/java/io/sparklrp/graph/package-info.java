/**
 * The intermediate representation: an immutable graph of ONNX operators with typed, symbolically
 * shaped values.
 *
 * <p>Here belong the graph itself, its builder, the verifier, the text form and passes that rewrite
 * a graph without knowing why it exists. No relevance, no architecture, no file format: this
 * package imports nothing else of the project.
 */
package io.sparklrp.graph;
