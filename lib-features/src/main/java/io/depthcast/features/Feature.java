package io.depthcast.features;

/**
 * One column that a family produces.
 *
 * @param name column name, for example {@code ofi_1_50e}
 * @param unit unit of the values, for example {@code bps}; {@code 1} for a pure number
 * @param formula the formula in the field's notation
 */
public record Feature(String name, String unit, String formula) {}
