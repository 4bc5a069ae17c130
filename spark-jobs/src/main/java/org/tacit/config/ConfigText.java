package org.tacit.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a configuration out of its text, the files it includes, and overrides. */
public final class ConfigText {
  /** A value that HOCON would have in quotation marks, which a shell takes away. */
  private static final Pattern ADDRESS =
      Pattern.compile("([^=]+)=\\s*([A-Za-z][\\w+.-]+:/[^\\s\"]*)");

  private ConfigText() {}

  /**
   * The configuration with nothing left to look up.
   *
   * @param source what it includes is found beside it
   * @param overrides of the form key=value, the last one winning
   */
  public static Config parsed(ConfigSource source, List<String> overrides, Set<Lookup> allowed) {
    String location = source.name();
    try {
      Config config =
          ConfigFactory.parseString(
              source.text(), Included.options(source.path().toString(), location, allowed));
      for (String override : overrides) {
        config = overridden(override).withFallback(config);
      }
      Environment environment =
          new Environment(location, System.getenv(), allowed.contains(Lookup.ENVIRONMENT));
      return config.resolve(
          ConfigResolveOptions.defaults()
              .setUseSystemEnvironment(false)
              .appendResolver(environment));
    } catch (com.typesafe.config.ConfigException unreadable) {
      throw new ConfigException(told(location, unreadable), unreadable);
    } catch (StackOverflowError endless) {
      throw new ConfigException(
          location
              + ": Invalid configuration: lists or objects inside each other without end"
              + " (must be a few deep)",
          endless);
    }
  }

  /** The library's words behind the place as all errors have it. */
  private static String told(String location, com.typesafe.config.ConfigException unreadable) {
    String message = unreadable.getMessage();
    ConfigOrigin origin = unreadable.origin();
    if (origin == null) {
      return location + ": Invalid configuration: " + message;
    }
    String prefix = origin.description() + ": ";
    String rest = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    return Place.of(origin) + "Invalid configuration: " + rest;
  }

  private static Config overridden(String override) {
    if (override.indexOf('=') <= 0) {
      throw new ConfigException("Invalid --set " + override + " (must be key=value)");
    }
    ConfigParseOptions named =
        ConfigParseOptions.defaults().setOriginDescription(Place.ofOverride(override));
    Matcher address = ADDRESS.matcher(override);
    String text = address.matches() ? address.replaceFirst("$1=\"$2\"") : override;
    return ConfigFactory.parseString(text, named);
  }
}
