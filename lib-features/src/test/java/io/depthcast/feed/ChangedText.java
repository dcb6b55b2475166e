package io.depthcast.feed;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Breaks texts as captures break, and worse. */
public final class ChangedText {

  private static final String JSON_CHARACTERS = "0123456789-.e,:{}[]\"\n ";

  private ChangedText() {}

  /** One to eight changes: another byte, another character of JSON, a stretch gone or twice. */
  public static byte[] changed(byte[] text, SplittableRandom random) {
    byte[] bytes = text.clone();
    for (int n = 1 + random.nextInt(8); n > 0 && bytes.length > 1; n--) {
      int at = random.nextInt(bytes.length);
      int end = at + random.nextInt(Math.min(300, bytes.length - at) + 1);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 ->
            bytes[at] = (byte) JSON_CHARACTERS.charAt(random.nextInt(JSON_CHARACTERS.length()));
        case 2 ->
            bytes = joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, end, bytes.length));
        default ->
            bytes = joined(Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, at, bytes.length));
      }
    }
    return bytes;
  }

  private static byte[] joined(byte[] begin, byte[] end) {
    byte[] bytes = Arrays.copyOf(begin, begin.length + end.length);
    System.arraycopy(end, 0, bytes, begin.length, end.length);
    return bytes;
  }
}
