/**
 * Benchmarks of the library with JMH: {@code mvn -q -B test -Pbenchmark -DskipTests -pl
 * lib-features}.
 *
 * <p>Belongs here: what is measured alone, in events a second. Does not: whole jobs, which are
 * measured in {@code jobs}.
 */
package io.depthcast.bench;
