/**
 * Small charts as SVG: lines, and panels of points. Numbers and names in, text out; knows nothing
 * of methods, models or Spark.
 */
package io.sparklrp.chart;
