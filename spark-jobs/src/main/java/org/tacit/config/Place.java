package org.tacit.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a value was written, as errors begin with it: {@code a.conf line 3: }, or {@code --set
 * key=value: }.
 */
public final class Place {
  private static final String OVERRIDE = "--set ";

  /** How the library begins where several places wrote one object, which all follow. */
  private static final String MERGED = "merge of ";

  /** Of a configuration without a key. */
  private static final String NOWHERE = "empty config";

  private Place() {}

  /** How the library is told where an override is from. */
  static String ofOverride(String override) {
    return OVERRIDE + override;
  }

  /**
   * The place of a value. An object that several places wrote is where the first of its keys is
   * that a file has, or that an override has where no file has any.
   */
  public static String of(ConfigValue value) {
    return of(
        origins(value)
            .min(Comparator.comparing(Place::isOverride).thenComparingInt(ConfigOrigin::lineNumber))
            .orElseGet(value::origin));
  }

  private static Stream<ConfigOrigin> origins(ConfigValue value) {
    if (!value.origin().description().startsWith(MERGED)) {
      return Stream.of(value.origin());
    }
    Collection<ConfigValue> parts = List.of();
    if (value instanceof ConfigObject object) {
      parts = object.values();
    } else if (value instanceof ConfigList list) {
      parts = list;
    }
    return parts.stream().flatMap(Place::origins);
  }

  private static boolean isOverride(ConfigOrigin origin) {
    return origin.description().startsWith(OVERRIDE);
  }

  static String of(ConfigOrigin origin) {
    String written = origin.description();
    if (written.equals(NOWHERE)) {
      return "";
    }
    int colon = written.lastIndexOf(": ");
    String name = colon >= 0 && origin.lineNumber() > 0 ? written.substring(0, colon) : written;
    boolean hasLine = origin.lineNumber() > 0 && !isOverride(origin);
    return hasLine ? name + " line " + origin.lineNumber() + ": " : name + ": ";
  }
}
