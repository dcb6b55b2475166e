/**
 * Which hyper-parameters are tried: how their values are drawn, and who goes on to the next rung.
 *
 * <p>Belongs here: distributions of values and the rules of a search. Does not: fits and scores.
 */
package io.depthcast.search;
