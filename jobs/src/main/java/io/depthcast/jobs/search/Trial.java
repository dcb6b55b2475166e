package io.depthcast.jobs.search;

import io.depthcast.jobs.train.Rehearsal.Part;

/** One fit of a search. */
record Trial(int rung, int candidate, Part part) {}
