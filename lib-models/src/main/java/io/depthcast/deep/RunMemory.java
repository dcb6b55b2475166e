package io.depthcast.deep;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.internal.memory.AbstractMemoryMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The arrays of a graph's runs, so that it holds as much native memory as one run needs.
 *
 * <p>A session of SameDiff 1.0.0-M2.1 gives back few of the arrays that it asks for (6 of 424 in a
 * batch of MLPLOB); the others wait for a garbage collection, which the heap has no reason to
 * begin. Here a run's arrays are the next run's, and what that one does not want is freed after it.
 */
final class RunMemory extends AbstractMemoryMgr {

  private record Kind(DataType type, List<Long> shape) {}

  private final Map<Kind, Deque<INDArray>> free = new HashMap<>();
  private final List<INDArray> used = new ArrayList<>();

  @Override
  public INDArray allocate(boolean detached, DataType type, long... shape) {
    Deque<INDArray> same = free.get(kind(type, shape));
    INDArray array =
        same == null || same.isEmpty()
            ? Nd4j.createUninitializedDetached(type, shape)
            : same.remove();
    used.add(array);
    return array;
  }

  @Override
  public INDArray allocate(boolean detached, LongShapeDescriptor shape) {
    return shape.isEmpty()
        ? Nd4j.create(shape)
        : allocate(detached, shape.dataType(), shape.getShape());
  }

  /** Nothing: another array may still be a view of this one. */
  @Override
  public void release(INDArray array) {}

  /** After a run, when its results have been read. */
  void endRun() {
    freeAll();
    for (INDArray array : used) {
      if (!array.wasClosed()) {
        free.computeIfAbsent(kind(array.dataType(), array.shape()), kind -> new ArrayDeque<>())
            .add(array);
      }
    }
    used.clear();
  }

  @Override
  public void close() {
    endRun();
    freeAll();
  }

  private void freeAll() {
    free.values().forEach(arrays -> arrays.forEach(INDArray::close));
    free.clear();
  }

  private static Kind kind(DataType type, long[] shape) {
    List<Long> sizes = new ArrayList<>(shape.length);
    for (long size : shape) {
      sizes.add(size);
    }
    return new Kind(type, sizes);
  }
}
