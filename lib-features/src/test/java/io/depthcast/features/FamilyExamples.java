package io.depthcast.features;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Every family, or every label, with several choices of parameters, found by reflection: a new one
 * is held to the contract without being named here.
 */
public final class FamilyExamples {

  private static final int EXAMPLES = 6;
  private static final int TRIES = 2000;

  private static final List<Object> INTEGERS = List.of(1, 2, 3, 5, 10, 50, 300, 1000);
  private static final List<Object> NUMBERS = List.of(0.01, 0.1, 0.5, 0.9, 1.0, 2.0, 10.0, 200.0);
  private static final List<Object> WINDOWS =
      List.of(
          Window.events(1),
          Window.events(2),
          Window.events(7),
          Window.events(50),
          Window.events(500),
          Window.milliseconds(1),
          Window.milliseconds(3),
          Window.milliseconds(6));

  private static final List<Object> ZONES =
      List.of(ZoneId.of("UTC"), ZoneId.of("America/New_York"), ZoneId.of("Asia/Shanghai"));

  /** The random book is of 22:13 UTC. */
  private static final List<Object> TIMES =
      List.of(LocalTime.MIDNIGHT, LocalTime.of(9, 30), LocalTime.of(16, 0), LocalTime.of(23, 30));

  private static final Map<Class<?>, List<Object>> CHOICES =
      Map.of(
          int.class,
          INTEGERS,
          double.class,
          NUMBERS,
          boolean.class,
          List.of(true, false),
          Window.class,
          WINDOWS,
          ZoneId.class,
          ZONES,
          LocalTime.class,
          TIMES);

  private FamilyExamples() {}

  static List<FeatureFamily> all() {
    return all(FeatureFamily.class);
  }

  /** Examples of every record that a sealed interface permits. */
  public static <T> List<T> all(Class<T> sealed) {
    List<T> examples = new ArrayList<>();
    for (Class<?> family : sealed.getPermittedSubclasses()) {
      examples.addAll(of(family.asSubclass(sealed)));
    }
    return examples;
  }

  private static <T> Set<T> of(Class<? extends T> family) {
    Random random = new Random(family.getSimpleName().hashCode());
    Set<T> examples = new LinkedHashSet<>();
    for (int i = 0; i < TRIES && examples.size() < EXAMPLES; i++) {
      Object[] parameters =
          Arrays.stream(family.getRecordComponents())
              .map(component -> choose(component, random))
              .toArray();
      try {
        Constructor<?> constructor = family.getDeclaredConstructors()[0];
        examples.add(family.cast(constructor.newInstance(parameters)));
      } catch (InvocationTargetException e) {
        requireRefusal(family, e);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return examples;
  }

  private static void requireRefusal(Object what, InvocationTargetException e) {
    if (!(e.getCause() instanceof IllegalArgumentException)) {
      throw new IllegalStateException(what.toString(), e.getCause());
    }
  }

  /**
   * The same but for one window, which is one row or one millisecond longer; one for each that may
   * be.
   */
  public static <T> List<T> withLongerWindows(Class<T> sealed, T example) {
    RecordComponent[] components = example.getClass().getRecordComponents();
    List<T> longer = new ArrayList<>();
    for (int i = 0; i < components.length; i++) {
      if (components[i].getType() == Window.class) {
        try {
          Object[] parameters = new Object[components.length];
          for (int k = 0; k < components.length; k++) {
            parameters[k] = components[k].getAccessor().invoke(example);
          }
          Window window = (Window) parameters[i];
          parameters[i] = new Window(window.length() + 1, window.unit());
          longer.add(
              sealed.cast(example.getClass().getDeclaredConstructors()[0].newInstance(parameters)));
        } catch (InvocationTargetException e) {
          requireRefusal(example, e);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(example.toString(), e);
        }
      }
    }
    return longer;
  }

  private static Object choose(RecordComponent component, Random random) {
    Class<?> type = component.getType();
    if (type.isEnum()) {
      return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
    }
    List<Object> choices = CHOICES.get(type);
    if (choices == null) {
      throw new IllegalStateException("No examples of " + component);
    }
    return choices.get(random.nextInt(choices.size()));
  }
}
