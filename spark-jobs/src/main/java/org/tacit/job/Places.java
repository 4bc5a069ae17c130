package org.tacit.job;

import com.typesafe.config.Config;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.tacit.config.ConfigException;
import org.tacit.config.Place;
import org.tacit.config.Secrets;
import org.tacit.data.DataException;
import org.tacit.model.ModelException;

/** Where each key of a configuration was set: file and line, or the command line. */
final class Places {
  private final String name;
  private final TreeMap<String, String> byKey;
  private final Map<String, Object> values;

  private Places(String name, Map<String, String> byKey, Map<String, Object> values) {
    this.name = name;
    this.byKey = new TreeMap<>(byKey);
    this.values = new TreeMap<>(values);
  }

  static Places of(String name, Config config) {
    Map<String, String> byKey = new TreeMap<>();
    config.entrySet().forEach(e -> byKey.put(e.getKey(), Place.of(e.getValue())));
    return new Places(name, byKey, Secrets.redacted(config.root().unwrapped()));
  }

  /**
   * The resolved configuration that the places are those of, overrides and all, without secrets.
   */
  Map<String, Object> configuration() {
    return Collections.unmodifiableMap(values);
  }

  /**
   * The place of a key as errors begin with it ({@code a.conf line 3: }); of an object, that of its
   * first key; of a key that nobody set, the configuration.
   */
  String of(String key) {
    String next = byKey.ceilingKey(key);
    boolean isSet = next != null && (next.equals(key) || next.startsWith(key + "."));
    return isSet ? byKey.get(next) : name + ": ";
  }

  /** What {@code work} makes; what does not fit in it is told with the place of its key. */
  <T> T placed(Supplier<T> work) {
    try {
      return work.get();
    } catch (DataException wrong) {
      throw new ConfigException(of(wrong.key()) + wrong.getMessage(), wrong);
    } catch (ModelException wrong) {
      throw new ConfigException(of(wrong.key()) + wrong.getMessage(), wrong);
    }
  }
}
