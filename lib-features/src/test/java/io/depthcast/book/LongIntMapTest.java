package io.depthcast.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LongIntMapTest {

  /** Keys as they come: all close, far apart, and of doubles, whose low bits are zero. */
  private enum Keys {
    IN_SEQUENCE,
    SPREAD,
    PRICES;

    long key(int i) {
      return switch (this) {
        case IN_SEQUENCE -> i;
        case SPREAD -> (i - 1000) * 0x1234_5678_9ABCL;
        case PRICES -> Double.doubleToRawLongBits((i % 2 == 0 ? 0.5 : -0.5) * i);
      };
    }
  }

  @Test
  void everyLongIsAKey() {
    LongIntMap map = new LongIntMap();
    for (long key : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThat(map.get(key)).isEqualTo(LongIntMap.ABSENT);
      map.put(key, 7);
      assertThat(map.get(key)).isEqualTo(7);
    }
    assertThat(map.size()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void isWhatAHashMapWouldBe(Keys keys) {
    Random random = new Random(6);
    LongIntMap map = new LongIntMap();
    Map<Long, Integer> twin = new HashMap<>();
    for (int event = 0; event < 200_000; event++) {
      // Grows to some thousand keys, then shrinks to a few, again and again.
      boolean grows = event / 20_000 % 2 == 0;
      long key = keys.key(random.nextInt(6_000));
      if (random.nextInt(10) < (grows ? 7 : 3)) {
        int value = random.nextInt(1_000);
        map.put(key, value);
        twin.put(key, value);
      } else {
        Integer removed = twin.remove(key);
        assertThat(map.remove(key)).isEqualTo(removed == null ? LongIntMap.ABSENT : removed);
      }
      assertThat(map.size()).isEqualTo(twin.size());
      if (event % 1_000 == 0) {
        for (int i = 0; i < 6_000; i++) {
          long any = keys.key(i);
          if (map.get(any) != twin.getOrDefault(any, LongIntMap.ABSENT)) {
            throw new AssertionError("event " + event + ": key " + any + " is " + map.get(any));
          }
        }
      }
    }
    map.clear();
    assertThat(map.size()).isZero();
    assertThat(map.get(keys.key(1))).isEqualTo(LongIntMap.ABSENT);
  }
}
