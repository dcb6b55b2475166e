/**
 * Values computed from the book, row by row, that never look ahead.
 *
 * <p>Belongs here: one record per feature family, the set that runs several families over a slice,
 * and the windows they share. Does not: values that look ahead ({@code labels}), anything fitted to
 * data (normalisers, principal components), tables and their columns' types.
 */
package io.depthcast.features;
