/** Commands that keep a lake in order; no row that a job wrote changes here. */
package io.depthcast.jobs.upkeep;
