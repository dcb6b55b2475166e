package io.depthcast.execution;

/** An order in flight: the position it wants, and when and at which mid that was decided. */
record Order(double target, double decisionMid, long tsDecision, long tsArrival) {}
