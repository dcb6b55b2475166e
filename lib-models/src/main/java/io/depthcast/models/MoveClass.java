package io.depthcast.models;

/**
 * The three classes of a forecast, as they are numbered in every array and table of this module.
 */
public final class MoveClass {
  public static final int DOWN = 0;
  public static final int FLAT = 1;
  public static final int UP = 2;

  /** How many classes there are; always three, also where the training rows hold fewer. */
  public static final int COUNT = 3;

  /** In place of the last known class where no label has ended yet. */
  public static final int UNKNOWN = -1;

  private MoveClass() {}
}
