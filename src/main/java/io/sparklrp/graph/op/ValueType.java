package io.sparklrp.graph.op;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Shape;

/**
 * What an operator gives.
 *
 * @param type element type
 * @param shape shape
 */
public record ValueType(DataType type, Shape shape) {}
