package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * Where a row stands in the day of the venue:
 *
 * <pre>
 *   time_of_day_sin    = sin(2 pi s / 86400),  s = whole seconds since midnight of the local clock
 *   time_of_day_cos    = cos(2 pi s / 86400)
 *   minutes_since_open = minutes since sessionBegin, by the local clock
 * </pre>
 *
 * <p>-1 to 1 without unit, on a circle on which midnight is no gap; minutes from 0. The session
 * holds its begin and not its end; minutes_since_open is NaN out of it. A session that ends no
 * later than it begins goes on to the next day: one from 00:00 to 00:00 is always open, one from
 * 18:00 to 17:00 pauses for an hour. It reads the venue's time only, and means the same on every
 * venue.
 *
 * @param zone of the local clock, with its summer times
 * @param sessionBegin first local time of the session
 * @param sessionEnd first local time after it
 */
public record TimeOfDay(ZoneId zone, LocalTime sessionBegin, LocalTime sessionEnd)
    implements FeatureFamily {

  private static final long SECOND = 1_000_000_000;
  private static final long DAY = 86_400 * SECOND;
  private static final double MINUTE = 60.0 * SECOND;

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    return List.of(
        new Feature(
            "time_of_day_sin", "1", "sin(2 pi s / 86400), s seconds since midnight " + zone),
        new Feature(
            "time_of_day_cos", "1", "cos(2 pi s / 86400), s seconds since midnight " + zone),
        new Feature(
            "minutes_since_open",
            "min",
            "minutes since " + sessionBegin + " " + zone + ", before " + sessionEnd));
  }

  @Override
  public int warmupEvents() {
    return 0;
  }

  @Override
  public boolean mayBeUndefined() {
    return true;
  }

  @Override
  public String reference() {
    return "Bishop 2006, Pattern Recognition and Machine Learning, section 2.3.8, periodic"
        + " variables as a point of the unit circle";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(zone.getRules(), sessionBegin.toNanoOfDay(), sessionNanos());
  }

  private long sessionNanos() {
    long length = Math.floorMod(sessionEnd.toNanoOfDay() - sessionBegin.toNanoOfDay(), DAY);
    return length == 0 ? DAY : length;
  }

  private static final class Kernel implements FeatureKernel {

    private final ZoneRules rules;
    private final long begin;
    private final long length;

    /** What the local clock is ahead, until this time. */
    private long offset;

    private long offsetUntil = Long.MIN_VALUE;

    private long second = -1;
    private double sine;
    private double cosine;

    Kernel(ZoneRules rules, long begin, long length) {
      this.rules = rules;
      this.begin = begin;
      this.length = length;
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      for (int i = 0; i < batch.rows; i++) {
        long time = batch.tsEvent[i];
        if (time >= offsetUntil) {
          setOffset(time);
        }
        long local = Math.floorMod(time + offset, DAY);
        setSecond(local / SECOND);
        out[0][i] = sine;
        out[1][i] = cosine;
        long sinceOpen = local < begin ? local - begin + DAY : local - begin;
        out[2][i] = sinceOpen < length ? sinceOpen / MINUTE : Double.NaN;
      }
    }

    private void setOffset(long time) {
      Instant instant = Instant.ofEpochSecond(0, time);
      offset = rules.getOffset(instant).getTotalSeconds() * SECOND;
      ZoneOffsetTransition next = rules.nextTransition(instant);
      offsetUntil = next == null ? Long.MAX_VALUE : next.toEpochSecond() * SECOND;
    }

    private void setSecond(long secondOfDay) {
      if (secondOfDay != second) {
        second = secondOfDay;
        sine = StrictMath.sin(2 * Math.PI * second / 86_400);
        cosine = StrictMath.cos(2 * Math.PI * second / 86_400);
      }
    }
  }
}
