/**
 * What trading costs: fees by venue and date, and the parts that a cost is made of.
 *
 * <p>Belongs here: fee schedules and cost arithmetic. Does not: how an order is filled ({@code
 * execution}).
 */
package io.depthcast.costs;
