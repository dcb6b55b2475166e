package io.depthcast.book;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BookAllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Room for the random generator of a run; a byte an event would be 20 times as much. */
  private static final long MOST_BYTES = 1_000;

  @Test
  void aWarmL2BookAllocatesNothing() {
    L2Book book = new L2Book();
    BookBatch batch = new BookBatch(1, 10);
    Runnable day =
        () -> {
          Random random = new Random(1);
          for (int event = 0; event < 20_000; event++) {
            Side side = random.nextBoolean() ? Side.BID : Side.ASK;
            book.set(side, 1 + random.nextInt(500), random.nextInt(3));
            book.copyTo(batch, 0);
          }
        };
    assertThat(allocatedBySecondRun(day, book::clear)).isLessThan(MOST_BYTES);
  }

  @Test
  void aWarmL3BookAllocatesNothing() {
    L3Book book = new L3Book();
    BookBatch batch = new BookBatch(1, 10);
    Runnable day =
        () -> {
          Random random = new Random(1);
          for (int event = 0; event < 20_000; event++) {
            long id = random.nextInt(2_000);
            switch (random.nextInt(5)) {
              case 0, 1 -> {
                Side side = random.nextBoolean() ? Side.BID : Side.ASK;
                book.add(id, side, 1 + random.nextInt(200), 1 + random.nextInt(9));
              }
              case 2 -> book.reduce(id, 1 + random.nextInt(9));
              case 3 -> book.execute(id, 1 + random.nextInt(9));
              default -> book.remove(id);
            }
            book.copyTo(batch, 0);
          }
        };
    assertThat(allocatedBySecondRun(day, book::clear)).isLessThan(MOST_BYTES);
  }

  private static long allocatedBySecondRun(Runnable day, Runnable clear) {
    day.run();
    clear.run();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    day.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
