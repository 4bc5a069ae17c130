package org.tacit.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException.WrongType;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoublePredicate;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * One object of a configuration, read key by key with the place of what is wrong in every error.
 * Made with the keys it knows; any other is refused with the nearest known one.
 */
public final class Section {
  private static final int SHOWN = 80;
  private static final LevenshteinDistance EDITS = LevenshteinDistance.getDefaultInstance();

  private final String path;
  private final Config config;

  private Section(String path, Config config) {
    this.path = path;
    this.config = config;
  }

  /** The whole configuration, of these keys; one text may name several. */
  public static Section root(Config config, String... known) {
    return checked("", config, known);
  }

  private static Section checked(String path, Config config, String... keys) {
    String[] known = String.join(" ", keys).split(" ");
    config
        .root()
        .forEach(
            (key, value) -> {
              if (path.isEmpty() && key.equals("spark")) {
                throw ofTheSession(value);
              }
              if (Arrays.stream(known).noneMatch(key::equals)) {
                String nearest =
                    Arrays.stream(known)
                        .min(Comparator.comparingInt(k -> EDITS.apply(k, key)))
                        .orElse("");
                throw new ConfigException(
                    "%sUnknown key %s%s (the nearest known one is %s%s; known here: %s)"
                        .formatted(
                            Place.of(value), path, key, path, nearest, String.join(", ", known)));
              }
            });
    return new Section(path, config);
  }

  /** All configurations of a command share a session of Spark, which has its own settings. */
  private static ConfigException ofTheSession(ConfigValue spark) {
    String first =
        spark instanceof ConfigObject object
            ? object.toConfig().entrySet().stream()
                .map(entry -> "." + entry.getKey())
                .sorted()
                .findFirst()
                .orElse("")
            : "";
    String key = "spark" + first;
    return new ConfigException(
        String.format(
            "%sUnknown key %s: settings of Spark and Hadoop are those of the session (must be"
                + " given to it: spark-submit --conf %s=..., its spark-defaults.conf, or"
                + " JAVA_TOOL_OPTIONS=-D%s=... scripts/tacit)",
            Place.of(spark), key, key, key));
  }

  public boolean has(String key) {
    return config.hasPath(key);
  }

  /** The object under a key, of these keys; an empty one when it is not there. */
  public Section section(String key, String... known) {
    if (!has(key)) {
      return new Section(path + key + ".", com.typesafe.config.ConfigFactory.empty());
    }
    if (config.getValue(key).valueType() != ConfigValueType.OBJECT) {
      throw wrong(key, "an object { ... }");
    }
    return checked(path + key + ".", config.getConfig(key), known);
  }

  public boolean isObject(String key) {
    return has(key) && config.getValue(key).valueType() == ConfigValueType.OBJECT;
  }

  /** Whether a key's value is a list. */
  public boolean isList(String key) {
    return config.getValue(key).valueType() == ConfigValueType.LIST;
  }

  public Optional<String> text(String key) {
    return has(key)
        ? Optional.of(typed(key, "a text", () -> config.getString(key)))
        : Optional.empty();
  }

  public String requiredText(String key) {
    return text(key).orElseThrow(() -> missing(key));
  }

  public boolean isTrue(String key, boolean otherwise) {
    return has(key) ? typed(key, "true or false", () -> config.getBoolean(key)) : otherwise;
  }

  /** A number within a bound that {@code must} puts in words. */
  public double number(String key, double otherwise, DoublePredicate bound, String must) {
    if (!has(key)) {
      return otherwise;
    }
    double value = typed(key, "a number", () -> config.getDouble(key));
    if (!bound.test(value)) {
      throw wrong(key, must);
    }
    return value;
  }

  public int integer(String key, int otherwise, int least) {
    return integer(key, otherwise, least, Integer.MAX_VALUE);
  }

  /** An integer within bounds, both of which the error names where the upper one is passed. */
  public int integer(String key, int otherwise, int least, int most) {
    double value = number(key, otherwise, v -> v == Math.rint(v) && v >= least, integers(least));
    if (value > most) {
      throw wrong(key, integers(least) + " and <= " + most);
    }
    return (int) value;
  }

  private static String integers(int least) {
    return "an integer >= " + least;
  }

  /** A list of numbers; one number is a list of one. */
  public List<Double> numbers(String key) {
    return has(key) ? elements(key, "a number or a list of numbers", Config::getDouble) : List.of();
  }

  /** A list whose elements are numbers or lists of them; a number is a list of one. */
  public List<List<Double>> numberLists(String key) {
    return has(key)
        ? elements(
            key,
            "a number, or a list of numbers or of lists of them",
            (element, name) -> new Section(path, element).numbers(name))
        : List.of();
  }

  public List<Integer> integers(String key) {
    List<Integer> integers = new ArrayList<>();
    for (double value : numbers(key)) {
      if (value != Math.rint(value) || value < 0 || value > Integer.MAX_VALUE) {
        throw wrong(key, "integers >= 0" + (value > 1 ? " and <= " + Integer.MAX_VALUE : ""));
      }
      integers.add((int) value);
    }
    return integers;
  }

  /** A list of numbers that, where the key is there, has one or more. */
  public List<Integer> someIntegers(String key, String must) {
    List<Integer> integers = integers(key);
    if (has(key) && integers.isEmpty()) {
      throw wrong(key, must);
    }
    return integers;
  }

  public List<String> texts(String key) {
    return has(key) ? elements(key, "a text or a list of texts", Config::getString) : List.of();
  }

  /** One of an enum's names, in lower case and with hyphens. */
  public <E extends Enum<E>> Optional<E> choice(String key, Class<E> choices) {
    return text(key).map(name -> choice(key, name, choices));
  }

  /** Some of an enum's names; all where the key is not there. */
  public <E extends Enum<E>> List<E> choices(String key, Class<E> choices) {
    return has(key)
        ? texts(key).stream().map(name -> choice(key, name, choices)).toList()
        : List.of(choices.getEnumConstants());
  }

  private <E extends Enum<E>> E choice(String key, String name, Class<E> choices) {
    for (E choice : choices.getEnumConstants()) {
      if (label(choice).equals(name.toLowerCase(Locale.ROOT))) {
        return choice;
      }
    }
    throw wrong(
        key,
        "one of "
            + String.join(
                " | ", Arrays.stream(choices.getEnumConstants()).map(Section::label).toList()));
  }

  public static String label(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The error for a key whose value is not what it must be. */
  public ConfigException wrong(String key, String must) {
    ConfigValue value = config.getValue(key);
    String whole =
        value.valueType() == ConfigValueType.OBJECT ? "{ ... }" : String.valueOf(value.unwrapped());
    String shown = whole.length() <= SHOWN ? whole : whole.substring(0, SHOWN) + "...";
    return new ConfigException(
        Place.of(value) + "Invalid " + path + key + ": " + shown + " (must be " + must + ")");
  }

  /** The error for a key that has to be there. */
  public ConfigException missing(String key) {
    return new ConfigException(
        "%sMissing key %s%s (add it, or give it with --set %s%s=...)"
            .formatted(Place.of(config.root()), path, key, path, key));
  }

  /** The same with the reason why. */
  public ConfigException missing(String key, String why) {
    return new ConfigException(
        "%sMissing key %s%s (%s: add it, or give it with --set %s%s=...)"
            .formatted(Place.of(config.root()), path, key, why, path, key));
  }

  private <T> List<T> elements(
      String key, String must, java.util.function.BiFunction<Config, String, T> read) {
    ConfigValue value = config.getValue(key);
    List<ConfigValue> values =
        value.valueType() == ConfigValueType.LIST ? (ConfigList) value : List.of(value);
    List<T> result = new ArrayList<>();
    for (ConfigValue element : values) {
      result.add(typed(key, must, () -> read.apply(element.atKey("element"), "element")));
    }
    return result;
  }

  private <T> T typed(String key, String must, java.util.function.Supplier<T> read) {
    try {
      return read.get();
    } catch (WrongType | com.typesafe.config.ConfigException.BadValue other) {
      ConfigException wrong = wrong(key, must);
      wrong.addSuppressed(other);
      throw wrong;
    }
  }
}
